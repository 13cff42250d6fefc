package io.ordeal.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A load generator with the command that makes it send as fast as it can until it is killed.
///
/// @param program what has to be installed
record Contender(String name, String program, List<String> command) {
    private static final List<String> ON_SECOND_CORE = List.of("taskset", "-c", "1");

    /// Whether its program is there.
    boolean installed() {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Starts it on the second core.
    Part start(Path log) throws IOException {
        var pinned = new ArrayList<>(ON_SECOND_CORE);
        pinned.addAll(command);
        return Part.quiet(name, log, Map.of(), pinned);
    }
}
