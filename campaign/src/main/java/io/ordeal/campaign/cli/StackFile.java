package io.ordeal.campaign.cli;

import io.ordeal.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The file in a run's folder that says how to reach the broker and the registry of the run, as lines for a shell, for
/// as long as the run lasts.
final class StackFile implements AutoCloseable {
    /// Its name.
    static final String NAME = "stack.env";

    private static final Pattern LINE = Pattern.compile("export (ORDEAL_[A-Z_]+)=(\\S+)");
    private static final String PROCESS = "# process ";

    private final Path file;

    private StackFile(Path file) {
        this.file = file;
    }

    /// Writes it into `folder`.
    static StackFile write(Path folder, KafkaSettings kafka) throws IOException {
        var file = folder.resolve(NAME);
        Files.write(
                file,
                List.of(
                        PROCESS + ProcessHandle.current().pid(),
                        "export ORDEAL_BOOTSTRAP_SERVERS=" + kafka.bootstrapServers(),
                        "export ORDEAL_REGISTRY_URL=" + kafka.registryUrl(),
                        "export ORDEAL_TOPIC_PREFIX=" + kafka.topicPrefix()));
        return new StackFile(file);
    }

    /// Returns those of the runs below `results` whose process is alive.
    static List<Path> below(Path results) {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(results)) {
            return folders.map(folder -> folder.resolve(NAME))
                    .filter(Files::isRegularFile)
                    .filter(StackFile::alive)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + results + " cannot be read", e);
        }
    }

    /// Returns the variables that `file` sets; none where it is gone.
    static Map<String, String> read(Path file) {
        return lines(file).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2), (a, _) -> a));
    }

    private static boolean alive(Path file) {
        return lines(file).stream()
                .filter(line -> line.startsWith(PROCESS))
                .map(line -> line.substring(PROCESS.length()))
                .filter(pid -> pid.matches("[0-9]{1,18}"))
                .anyMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of(); // its run has ended this very moment
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
