package io.ordeal.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of this repository.
final class Repository {
    /// Its root.
    static final Path ROOT =
            Path.of(System.getProperty("ordeal.root", "..")).toAbsolutePath().normalize();

    private static final List<String> FOREIGN = List.of("target", "node_modules", ".git", "out");

    private Repository() {}

    /// Returns every file with that ending, but for what was built or comes from elsewhere.
    static List<Path> files(String ending) {
        try (var files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file -> ours(ROOT.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean ours(Path relative) {
        for (var part : relative) {
            if (FOREIGN.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
