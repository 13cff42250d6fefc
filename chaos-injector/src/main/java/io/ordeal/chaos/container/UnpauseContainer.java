package io.ordeal.chaos.container;

import io.ordeal.chaos.undo.Undo;
import java.util.List;
import java.util.Map;

/// A container that a fault has paused goes on.
public record UnpauseContainer(Life life) implements Undo {
    /// Its kind.
    public static final String WORD = "unpause-container";

    /// Reads what follows the kind.
    public static UnpauseContainer read(List<String> words) {
        return new UnpauseContainer(Life.read(words));
    }

    @Override
    public void perform() {
        if (!done()) {
            try {
                life.post("unpause");
            } catch (Engine.Refused e) {
                if (!done()) { // another may have been quicker
                    throw e;
                }
            }
        }
    }

    @Override
    public boolean done() {
        return life.state().map(state -> !state.paused()).orElse(true);
    }

    @Override
    public Map<String, String> evidence() {
        return life.evidence();
    }

    @Override
    public List<String> words() {
        return life.words(WORD);
    }
}
