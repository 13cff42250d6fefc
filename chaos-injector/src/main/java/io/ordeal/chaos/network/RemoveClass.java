package io.ordeal.chaos.network;

import io.ordeal.chaos.undo.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A class of a device's HTB discipline goes, and the discipline with its last class; see [Shaping].
public record RemoveClass(Namespace namespace, String device, int number) implements Undo {
    /// Its kind.
    public static final String WORD = "remove-class";

    /// Reads what follows the kind.
    public static RemoveClass read(List<String> words) {
        return new RemoveClass(Namespace.read(words), words.get(2), Integer.parseInt(words.get(3)));
    }

    @Override
    public void perform() {
        shaping().remove();
    }

    @Override
    public boolean done() {
        return shaping().absent();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of("class_" + device, done() ? "absent" : "present");
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(WORD);
        words.addAll(namespace.words());
        words.add(device);
        words.add(String.valueOf(number));
        return words;
    }

    Shaping shaping() {
        return new Shaping(namespace, device, number);
    }
}
