package io.ordeal.chaos.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The programs that this host has installed.
public final class Programs {
    private Programs() {}

    /// Returns where the program `name` is by the search path, as an absolute path.
    public static Optional<Path> installed(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (var folder : path.split(File.pathSeparator, -1)) {
            var program = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(program)) {
                return Optional.of(program.toAbsolutePath());
            }
        }
        return Optional.empty();
    }
}
