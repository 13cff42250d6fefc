package io.ordeal.chaos.container;

import io.ordeal.chaos.undo.Undo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A container that a fault has ended is started again, unless somebody has done so.
public record StartContainer(Life life) implements Undo {
    /// Its kind.
    public static final String WORD = "start-container";

    /// How long one that still runs is watched: it may have been told to end.
    private static final int LOOKS = 30;

    /// Reads what follows the kind.
    public static StartContainer read(List<String> words) {
        return new StartContainer(Life.read(words));
    }

    @Override
    public void perform() {
        for (int look = 0; look < LOOKS; look++) {
            var state = life.state();
            if (state.isEmpty()) {
                return;
            }
            if (!state.get().up()) {
                life.post("start");
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean done() {
        return life.state().map(ContainerState::up).orElse(true);
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
