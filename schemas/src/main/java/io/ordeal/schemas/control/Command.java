package io.ordeal.schemas.control;

import java.time.Instant;
import java.util.Optional;

/// One request to change load or faults. Delivered at least once; acting on it is idempotent by `id`.
///
/// @param id Chosen by the sender. The same id with the same content is done once; with other content it is refused.
/// @param run The run that it belongs to; events about it carry the same run.
/// @param issuedAt When it was sent, microseconds since the epoch, UTC.
/// @param expiresAt When it stops being valid; a later reader refuses it. Absent: one minute after `issuedAt`.
/// @param issuer Who asked: a person or a program. Shown in reports, never used for authorisation.
/// @param action What is asked.
public record Command(
        String id, String run, Instant issuedAt, Optional<Instant> expiresAt, String issuer, Action action) {

    /// What a command asks.
    public sealed interface Action {}

    /// Starts the segments of the run that were published to `ordeal.segments`.
    ///
    /// @param startAt Time zero of the schedule: instant n of the load is this plus its offset. May lie a little
    /// ahead, so that all generators start together.
    public record StartLoad(Instant startAt) implements Action {}

    /// Changes the load of the phase under way, for the whole run (each segment takes its share). One of both is
    /// given.
    ///
    /// @param rate New arrival rate in iterations per second, for an open model.
    /// @param users New number of users, for a closed model.
    /// @param scenario The scenario whose own load is meant; empty: the load of the run's mix.
    public record AdjustLoad(Optional<Double> rate, Optional<Double> users, Optional<String> scenario)
            implements Action {
        /// A change of the load of the run's mix.
        public AdjustLoad(Optional<Double> rate, Optional<Double> users) {
            this(rate, users, Optional.empty());
        }
    }

    /// Holds new iterations back; those under way finish. The schedule's clock goes on: what was due meanwhile is
    /// counted as dropped.
    public record PauseLoad() implements Action {}

    /// Ends a pause.
    public record ResumeLoad() implements Action {}

    /// Ends the load for good; requests under way may finish.
    ///
    /// @param reason Shown in events and reports.
    public record StopLoad(String reason) implements Action {}

    /// Applies one fault.
    ///
    /// @param dryRun Only says what would be done, and changes nothing.
    public record InjectFault(FaultSpec fault, boolean dryRun) implements Action {
        /// A fault in earnest.
        public InjectFault(FaultSpec fault) {
            this(fault, false);
        }
    }

    /// Renews the lease of every fault of the run that has one.
    public record RenewFaults() implements Action {}

    /// Undoes one fault before its time.
    public record ClearFault(String fault, String reason) implements Action {}

    /// Undoes every fault of every run on every injector: the one lever.
    public record ClearAllFaults(String reason) implements Action {}

    /// Ends a run: faults first, then load.
    public record AbortRun(String reason) implements Action {}
}
