package io.ordeal.chaos.process;

import io.ordeal.chaos.undo.Undo;
import java.util.List;
import java.util.Map;

/// Processes that carry a mark end, with all that they started; see [Marked].
public record KillMarked(String mark) implements Undo {
    /// Its kind.
    public static final String WORD = "kill-marked";

    /// Reads what follows the kind.
    public static KillMarked read(List<String> words) {
        return new KillMarked(words.getFirst());
    }

    @Override
    public void perform() {
        Marked.kill(mark);
    }

    @Override
    public boolean done() {
        return Marked.carrying(mark).isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of("helpers_left", String.valueOf(Marked.carrying(mark).size()));
    }

    @Override
    public List<String> words() {
        return List.of(WORD, mark);
    }
}
