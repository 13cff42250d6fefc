package io.ordeal.schemas.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A fact about a run, a fault or a component.
///
/// @param run The run, or an empty string where the fact belongs to none.
/// @param at When it became true, microseconds since the epoch, by the clock of `source`.
/// @param source The component instance that says so, for instance `chaos-injector@host-b`.
public record LifecycleEvent(String run, Instant at, String source, Event event) {

    /// What happened.
    public sealed interface Event {}

    /// The campaign runner has begun.
    ///
    /// @param seed The seed of every random choice of the run.
    /// @param planHash SHA-256 of the plan: equal hashes mean equal plans.
    public record RunStarted(String campaign, long seed, String planHash) implements Event {}

    /// The campaign runner has no more to do; verdicts may be drawn.
    public record RunFinished(FinishReason reason, String detail) implements Event {}

    /// A phase of the load has begun.
    public record PhaseStarted(String phase, int index) implements Event {}

    /// A phase of the load is over.
    public record PhaseEnded(String phase, int index) implements Event {}

    /// A generator has carried out a load command for its segments.
    public record LoadChanged(String command, LoadState state, String detail) implements Event {}

    /// A generator instance has read the plan of a segment and drives it.
    ///
    /// @param epoch Rises with every change of owner.
    public record SegmentTaken(int segment, int epoch) implements Event {}

    /// A segment has made all its load and has nothing in flight; its last tick is published.
    ///
    /// @param epoch of the owner
    public record SegmentFinished(int segment, int epoch) implements Event {}

    /// The injector will apply the fault: the command is valid and within policy.
    ///
    /// @param lease It ends when nobody has renewed it for so long; empty: it needs no renewal.
    public record FaultAccepted(
            String fault, String command, String kind, String target, Duration duration, Optional<Duration> lease)
            implements Event {
        /// A fault that needs no renewal.
        public FaultAccepted(String fault, String command, String kind, String target, Duration duration) {
            this(fault, command, kind, target, duration, Optional.empty());
        }
    }

    /// The fault acts: its effect was seen.
    ///
    /// @param actedAt When the injector began to act; the effect was confirmed at the event's `at`.
    /// @param evidence What was measured, for instance `rtt_before` = `0.4ms`, `rtt_after` = `501.2ms`.
    public record FaultApplied(String fault, String kind, String target, Instant actedAt, Map<String, String> evidence)
            implements Event {
        public FaultApplied {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The fault is over: its effect was seen to be gone.
    public record FaultReverted(
            String fault, String kind, String target, RevertCause cause, Map<String, String> evidence)
            implements Event {
        public FaultReverted {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The fault was not applied; nothing was changed.
    public record FaultRejected(String fault, String command, List<String> reasons) implements Event {
        public FaultRejected {
            reasons = List.copyOf(reasons);
        }
    }

    /// The fault could not be applied, confirmed or undone as asked.
    ///
    /// @param undone Whether everything that had been changed is undone.
    public record FaultFailed(String fault, String kind, String target, String reason, boolean undone)
            implements Event {}

    /// The fault was asked for as a dry run: it could be applied, and nothing was changed.
    ///
    /// @param steps What would be done, in order, external commands with their arguments.
    public record FaultRehearsed(String fault, String command, List<String> steps) implements Event {
        public FaultRehearsed {
            steps = List.copyOf(steps);
        }
    }

    /// A command other than a fault was not carried out.
    public record CommandRefused(String command, List<String> reasons) implements Event {
        public CommandRefused {
            reasons = List.copyOf(reasons);
        }
    }

    /// An injector has started, or has read its changed configuration: what it may touch and what its host can do.
    public record InjectorAnnounced(List<TargetInfo> targets, List<Mechanism> mechanisms) implements Event {
        public InjectorAnnounced {
            targets = List.copyOf(targets);
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /// An injector has read its changed configuration and keeps the one that it had.
    public record PolicyRefused(List<String> problems) implements Event {
        public PolicyRefused {
            problems = List.copyOf(problems);
        }
    }

    /// Sent every second by each component of a run.
    ///
    /// @param faults The ids of the faults in force, for an injector.
    public record Heartbeat(String component, List<String> faults) implements Event {
        public Heartbeat {
            faults = List.copyOf(faults);
        }
    }
}
