package io.ordeal.chaos.process;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What shows of a limit of open files: how many are left, and whether the process still answers.
///
/// @param ready the URL by which it can be seen to serve
record FilesView(Victim victim, long limit, Optional<URI> ready) implements LimitView {
    /// A process without a free file does not accept what the kernel has connected, and stays silent.
    private static final int PATIENCE_MILLIS = 300;

    @Override
    public Map<String, String> during() {
        var evidence = new LinkedHashMap<String, String>();
        try {
            var open = OpenFiles.of(victim.process());
            evidence.put("open", String.valueOf(open.count()));
            evidence.put("left", String.valueOf(open.leftBelow(limit)));
        } catch (IOException e) {
            evidence.put("open", "unknown: " + e.getMessage());
        }
        ready.ifPresent(url -> evidence.put("ready_during", answers(url)));
        return evidence;
    }

    @Override
    public Map<String, String> after() {
        return ready.<Map<String, String>>map(url -> Map.of("ready_after", answers(url)))
                .orElse(Map.of());
    }

    private static String answers(URI url) {
        return ReadyProbe.answers(url, PATIENCE_MILLIS) ? "yes" : "no";
    }
}
