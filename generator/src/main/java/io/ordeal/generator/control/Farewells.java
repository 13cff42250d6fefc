package io.ordeal.generator.control;

import io.ordeal.generator.run.RunLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The segments that the group has taken from us and that we go on driving until their next owner says from when on it
/// does, so that a hand-over costs no load. Not thread-safe.
final class Farewells {
    /// From the word of a new owner until the segment is its own: the old one must have heard it.
    static final Duration NOTICE = Duration.ofMillis(700);

    /// How long a next owner may take; the group finds one within a session time-out.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<Farewell> open = new ArrayList<>();

    private record Farewell(String run, int segment, int epoch, Instant since, Fleet.Driven driven) {}

    /// Takes a segment that was taken from us at `now`.
    void add(String run, int segment, int epoch, Instant now, Fleet.Driven driven) {
        open.add(new Farewell(run, segment, epoch, now, driven));
    }

    /// Hears that a segment has a new owner since `at`.
    void taken(String run, int segment, int epoch, Instant at) {
        open.removeIf(farewell -> {
            boolean over = farewell.run.equals(run) && farewell.segment == segment && epoch > farewell.epoch;
            if (over) {
                farewell.driven.handOver(at.plus(NOTICE));
            }
            return over;
        });
    }

    /// Goes by `load` with the segments of `run`.
    void change(String run, RunLoad load) {
        open.stream().filter(farewell -> farewell.run.equals(run)).forEach(farewell -> farewell.driven.change(load));
    }

    /// Waits no longer for owners that do not come.
    void overdue(Instant now) {
        open.removeIf(farewell -> {
            boolean over = now.isAfter(farewell.since.plus(PATIENCE));
            if (over) {
                farewell.driven.handOver(now);
            }
            return over;
        });
    }

    boolean none() {
        return open.isEmpty();
    }
}
