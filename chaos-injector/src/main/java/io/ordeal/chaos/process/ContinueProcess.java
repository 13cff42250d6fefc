package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.util.List;
import java.util.Map;

/// A stopped process goes on.
public record ContinueProcess(ProcessId process) implements Undo {
    /// Its kind.
    public static final String WORD = "continue";

    /// Reads what follows the kind.
    public static ContinueProcess read(List<String> words) {
        return new ContinueProcess(new ProcessId(Long.parseLong(words.get(0)), Long.parseLong(words.get(1))));
    }

    @Override
    public void perform() {
        process.signal(Posix.SIGCONT);
    }

    @Override
    public boolean done() {
        return process.stat().map(stat -> !stat.stopped()).orElse(true);
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of(
                "pid",
                String.valueOf(process.pid()),
                "state",
                process.stat().map(stat -> String.valueOf(stat.state())).orElse("ended"));
    }

    @Override
    public List<String> words() {
        return List.of(WORD, String.valueOf(process.pid()), String.valueOf(process.startTime()));
    }
}
