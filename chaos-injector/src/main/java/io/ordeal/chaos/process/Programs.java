package io.ordeal.chaos.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs that this host has installed.
public final class Programs {
    /// Where system programs are, also for users whose `PATH` lacks it.
    private static final List<String> SYSTEM = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Programs() {}

    /// Returns where the program `name` is, as an absolute path: by the search path first.
    public static Optional<Path> installed(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), SYSTEM.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
