package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// The numbers of the files that a process has open. The next one gets the lowest that is free.
record OpenFiles(Set<Long> numbers) {
    private static final int LOOKS = 6;
    private static final long BETWEEN_NANOS = 5_000_000;

    OpenFiles {
        numbers = Set.copyOf(numbers);
    }

    /// Reads those of `process`.
    ///
    /// @throws IOException when it has ended, or the system does not let us
    static OpenFiles of(ProcessId process) throws IOException {
        var numbers = new TreeSet<Long>();
        try (var entries = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"), "[0-9]*")) {
            entries.forEach(
                    entry -> numbers.add(Long.parseLong(entry.getFileName().toString())));
        }
        if (!process.alive()) {
            throw new IOException("process " + process.pid() + " has ended");
        }
        return new OpenFiles(numbers);
    }

    /// Returns the lowest limit of a few looks that leaves `left` numbers free: connections come and go, and one that
    /// has just gone must not leave a number more.
    static long lowestLimit(ProcessId process, int left) throws IOException {
        long lowest = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            lowest = Math.min(lowest, of(process).limitLeaving(left));
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return lowest;
    }

    int count() {
        return numbers.size();
    }

    /// Returns the limit that leaves `left` numbers free.
    long limitLeaving(int left) {
        long limit = left;
        for (long number : new TreeSet<>(numbers)) {
            if (number > limit) {
                break;
            }
            limit++;
        }
        return limit;
    }

    /// Returns how many numbers below `limit` are free.
    long leftBelow(long limit) {
        return limit - numbers.stream().filter(number -> number < limit).count();
    }
}
