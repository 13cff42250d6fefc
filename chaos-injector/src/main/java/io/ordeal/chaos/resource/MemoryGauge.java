package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A memory that can be full, and how full it is. Helpers read it as the injector does.
sealed interface MemoryGauge {
    /// Returns how full it is now.
    ///
    /// @throws UncheckedIOException when it cannot be told
    Use now();

    /// Returns it as arguments of a helper.
    List<String> words();

    /// What is in use.
    ///
    /// @param used bytes that cannot be had without taking them from somebody
    /// @param total bytes that there are
    record Use(long used, long total) {
        long free() {
            return total - used;
        }
    }

    /// Reads [#words].
    static MemoryGauge read(List<String> words) {
        return words.getFirst().equals("host") ? new Host() : new Group(ControlGroup.read(words));
    }

    /// The host's memory: `MemTotal`, of which `MemAvailable` is not in use.
    record Host() implements MemoryGauge {
        private static final Path FILE = Path.of("/proc/meminfo");

        @Override
        public Use now() {
            try {
                var lines = Files.readString(FILE, StandardCharsets.US_ASCII);
                long total = kilobytes(lines, "MemTotal:") << 10;
                return new Use(total - (kilobytes(lines, "MemAvailable:") << 10), total);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> words() {
            return List.of("host", "", "");
        }

        private static long kilobytes(String lines, String key) throws IOException {
            int at = lines.indexOf(key);
            if (at < 0) {
                throw new IOException(FILE + " has no " + key);
            }
            var rest = lines.substring(at + key.length()).stripLeading();
            return Long.parseLong(rest.substring(0, rest.indexOf(' ')));
        }
    }

    /// The memory of a control group: its limit or the next one above it, of which the file cache that the kernel would
    /// drop first is not in use.
    record Group(ControlGroup group) implements MemoryGauge {
        @Override
        public Use now() {
            boolean first = group.version() == 1;
            long charged = group.number(first ? "memory.usage_in_bytes" : "memory.current")
                    .orElseThrow(() -> new UncheckedIOException(new IOException(group + " tells no memory use")));
            long cache = group.number("memory.stat", first ? "total_inactive_file" : "inactive_file")
                    .orElse(0L);
            return new Use(
                    Math.max(0, charged - cache),
                    Math.min(limit(), new Host().now().total()));
        }

        @Override
        public List<String> words() {
            return group.words();
        }

        private long limit() {
            if (group.version() == 1) {
                return group.number("memory.stat", "hierarchical_memory_limit").orElse(Long.MAX_VALUE);
            }
            long limit = Long.MAX_VALUE;
            for (var path = Optional.of(group.path()); path.isPresent(); path = parent(path.get())) {
                var above = new ControlGroup(group.root(), path.get(), group.version());
                limit = Math.min(limit, above.number("memory.max").orElse(Long.MAX_VALUE));
            }
            return limit;
        }

        private static Optional<Path> parent(Path path) {
            return Optional.ofNullable(path.getParent());
        }
    }
}
