package io.ordeal.chaos.network;

import io.ordeal.chaos.undo.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A table of nftables goes. It is its owner's, so that the kernel removes it when the owner has been killed; this
/// waits
/// for that, and deletes it where nobody owns it.
public record RemoveTable(Namespace namespace, String table) implements Undo {
    /// Its kind.
    public static final String WORD = "remove-table";

    private static final int LOOKS = 50;

    /// Reads what follows the kind.
    public static RemoveTable read(List<String> words) {
        return new RemoveTable(Namespace.read(words), words.get(2));
    }

    @Override
    public void perform() {
        var problem = "";
        for (int look = 0; look < LOOKS; look++) {
            if (done()) {
                return;
            }
            var said = Program.run(namespace.enter("nft", "delete", "table", "inet", table));
            problem = said.problem();
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (!done()) {
            throw new IllegalStateException("table " + table + " cannot be deleted: " + problem);
        }
    }

    @Override
    public boolean done() {
        if (!namespace.present()) {
            return true;
        }
        var said = Program.run(namespace.enter("nft", "list", "tables", "inet"));
        boolean unlisted = said.out().lines().noneMatch(line -> line.strip().startsWith("table inet " + table));
        return (said.well() && unlisted) || !namespace.present();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of("table", done() ? "absent" : "present");
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(WORD);
        words.addAll(namespace.words());
        words.add(table);
        return words;
    }
}
