package io.ordeal.aggregator.query;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.PlannedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The faults of a run: planned, asked for, in force, over. Not thread-safe.
public final class Faults {
    private static final int MOST = 1_000;

    /// How far a fault has come.
    public enum State {
        PLANNED,
        ASKED,
        IN_FORCE,
        REVERTED,
        FAILED
    }

    /// One fault.
    ///
    /// @param at after the start of the load, for a planned one
    /// @param duration as asked for; empty where it is not known
    /// @param applied when its effect was confirmed
    /// @param reverted when its effect was confirmed to be gone
    /// @param note why it failed, or what ended it
    /// @param verdict what it did to the service
    public record Fault(
            String id,
            String kind,
            String target,
            State state,
            Optional<Duration> at,
            Optional<Duration> duration,
            Optional<Instant> applied,
            Optional<Instant> reverted,
            String note,
            Optional<FaultVerdict> verdict) {
        private static Fault unknown(String id) {
            return new Fault(
                    id,
                    "",
                    "",
                    State.PLANNED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty());
        }

        private Fault named(String otherKind, String otherTarget) {
            return new Fault(id, otherKind, otherTarget, state, at, duration, applied, reverted, note, verdict);
        }

        private Fault now(State other, String because) {
            return new Fault(id, kind, target, other, at, duration, applied, reverted, because, verdict);
        }

        private Fault times(
                Optional<Duration> start, Optional<Duration> length, Optional<Instant> from, Optional<Instant> to) {
            return new Fault(
                    id,
                    kind,
                    target,
                    state,
                    at.or(() -> start),
                    duration.or(() -> length),
                    applied.or(() -> from),
                    reverted.or(() -> to),
                    note,
                    verdict);
        }

        private Fault judged(FaultVerdict judgement) {
            return new Fault(id, kind, target, state, at, duration, applied, reverted, note, Optional.of(judgement));
        }
    }

    private final Map<String, Fault> faults = new LinkedHashMap<>();

    void plan(List<PlannedFault> planned) {
        for (var one : planned) {
            change(
                    one.id(),
                    fault -> fault.named(one.kind(), one.target())
                            .times(
                                    Optional.of(one.at()),
                                    Optional.of(one.duration()),
                                    Optional.empty(),
                                    Optional.empty()));
        }
    }

    void add(LifecycleEvent event) {
        var at = Optional.of(event.at());
        switch (event.event()) {
            case FaultAccepted one ->
                change(one.fault(), fault -> {
                    var known = fault.named(one.kind(), one.target())
                            .times(Optional.empty(), Optional.of(one.duration()), Optional.empty(), Optional.empty());
                    return known.state == State.PLANNED ? known.now(State.ASKED, "") : known;
                });
            case FaultApplied one ->
                change(
                        one.fault(),
                        fault -> fault.named(one.kind(), one.target())
                                .times(Optional.empty(), Optional.empty(), at, Optional.empty())
                                .now(State.IN_FORCE, ""));
            case FaultReverted one ->
                change(
                        one.fault(),
                        fault -> fault.named(one.kind(), one.target())
                                .times(Optional.empty(), Optional.empty(), Optional.empty(), at)
                                .now(State.REVERTED, one.cause().name()));
            case FaultRejected one ->
                change(one.fault(), fault -> fault.now(State.FAILED, String.join("; ", one.reasons())));
            case FaultFailed one ->
                change(
                        one.fault(),
                        fault -> fault.named(one.kind(), one.target()).now(State.FAILED, one.reason()));
            case LifecycleEvent.Event _ -> {
                // the others are not about a fault of the run
            }
        }
    }

    void add(FaultVerdict verdict) {
        change(
                verdict.fault(),
                fault -> fault.named(verdict.kind(), verdict.target())
                        .times(Optional.empty(), Optional.empty(), verdict.appliedAt(), verdict.revertedAt())
                        .judged(verdict));
    }

    /// Returns the faults, the planned ones first, in order of the plan.
    public List<Fault> all() {
        return List.copyOf(faults.values());
    }

    private void change(String id, java.util.function.UnaryOperator<Fault> change) {
        if (faults.containsKey(id) || faults.size() < MOST) {
            faults.compute(id, (_, before) -> change.apply(before == null ? Fault.unknown(id) : before));
        }
    }
}
