package io.ordeal.chaos.network;

import io.ordeal.chaos.process.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network namespace of this host.
public sealed interface Namespace {
    /// Returns the file by which it is entered, or empty for the injector's own.
    Optional<Path> file();

    /// Whether it can still be entered.
    boolean present();

    /// Returns it as words, for the journal.
    List<String> words();

    /// Returns `command` as it is run in the namespace.
    default List<String> enter(String... command) {
        // Not `ip netns exec`, which mounts another /sys.
        return file().map(path -> {
                    var entered = new ArrayList<>(List.of("nsenter", "--net=" + path));
                    entered.addAll(List.of(command));
                    return List.copyOf(entered);
                })
                .orElse(List.of(command));
    }

    /// Reads two words.
    static Namespace read(List<String> words) {
        return switch (words.get(0)) {
            case "own" -> new Own();
            case "named" -> new Named(words.get(1));
            case "process" -> {
                var parts = words.get(1).split("@", 2);
                yield new OfProcess(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            }
            default -> throw new IllegalArgumentException("unknown namespace " + words.get(0));
        };
    }

    /// The one that the injector runs in.
    record Own() implements Namespace {
        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }

        @Override
        public boolean present() {
            return true;
        }

        @Override
        public List<String> words() {
            return List.of("own", "");
        }
    }

    /// One made with `ip netns add`.
    record Named(String name) implements Namespace {
        @Override
        public Optional<Path> file() {
            return Optional.of(Path.of("/run/netns", name));
        }

        @Override
        public boolean present() {
            return Files.exists(Path.of("/run/netns", name));
        }

        @Override
        public List<String> words() {
            return List.of("named", name);
        }
    }

    /// The one that a process runs in, for as long as that very process runs.
    record OfProcess(ProcessId process) implements Namespace {
        @Override
        public Optional<Path> file() {
            return Optional.of(Path.of("/proc", String.valueOf(process.pid()), "ns", "net"));
        }

        @Override
        public boolean present() {
            return process.alive();
        }

        @Override
        public List<String> words() {
            return List.of("process", process.pid() + "@" + process.startTime());
        }
    }
}
