package io.ordeal.aggregator.audit;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The windows of a run by time.
final class Slots {
    private final TreeMap<Long, Slot> byStart = new TreeMap<>();
    private final long length;

    Slots(long length) {
        this.length = length;
    }

    /// Returns the window that begins at `start`, which is there from now on.
    Slot at(long start) {
        return byStart.computeIfAbsent(start, each -> new Slot(each, length));
    }

    /// Returns the windows that are told.
    List<Slot> told() {
        return byStart.values().stream().filter(Slot::told).toList();
    }

    Optional<Slot> find(long start) {
        return Optional.ofNullable(byStart.get(start)).filter(Slot::told);
    }
}
