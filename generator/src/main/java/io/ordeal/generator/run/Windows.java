package io.ordeal.generator.run;

import io.ordeal.schemas.load.WindowLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The counts of a segment per window. Windows begin at multiples of their length since 1970. Not thread-safe.
final class Windows {
    /// Nothing is counted into a window this long after its end.
    private static final long KEPT = 600_000_000_000L;

    private final long length;
    private final TreeMap<Long, Counts> counts = new TreeMap<>();
    private Counts recent = new Counts(Long.MIN_VALUE);

    Windows(long lengthNanos) {
        this.length = lengthNanos;
    }

    /// Returns the counts of the window that `at` falls into, and takes them for changed.
    Counts at(long at) {
        long start = Math.floorDiv(at, length) * length;
        if (recent.start != start) {
            recent = counts.computeIfAbsent(start, Counts::new);
        }
        recent.changed = true;
        return recent;
    }

    /// Returns the windows that have changed since the last call, oldest first.
    List<WindowLedger> changes(long now) {
        var changes = new ArrayList<WindowLedger>();
        for (var window : counts.values()) {
            if (window.changed) {
                window.changed = false;
                changes.add(window.ledger());
            }
        }
        counts.headMap(now - KEPT - length).clear();
        return changes;
    }

    /// What fell into one window.
    static final class Counts {
        private final long start;
        private boolean changed;
        int scheduled;
        int dropped;
        int sent;
        int completed;

        private Counts(long start) {
            this.start = start;
        }

        private WindowLedger ledger() {
            return new WindowLedger(Instant.ofEpochSecond(0, start), scheduled, dropped, sent, completed);
        }
    }
}
