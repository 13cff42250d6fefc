package io.ordeal.campaign.screen;

import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a run stands at one instant.
///
/// @param stage what is being done
/// @param elapsed since the start of the load; not negative
/// @param total of the load
/// @param links what can be looked at meanwhile, each `word address`
/// @param warnings what throws doubt on the run, for instance a saturated generator
public record RunProgress(
        String run,
        String campaign,
        Stage stage,
        Duration elapsed,
        Duration total,
        List<PhaseMark> phases,
        Traffic traffic,
        List<FaultMark> faults,
        List<Standing> objectives,
        Optional<Ledger> ledger,
        List<String> links,
        List<String> warnings) {
    public RunProgress {
        phases = List.copyOf(phases);
        faults = List.copyOf(faults);
        objectives = List.copyOf(objectives);
        links = List.copyOf(links);
        warnings = List.copyOf(warnings);
    }

    /// What is being done.
    public enum Stage {
        /// Services start, the target is looked at.
        PREPARING("getting ready"),
        /// Load runs.
        RUNNING("running"),
        /// The user, a guard or a command ends the run: faults are reverted, then what ran is judged.
        STOPPING("stopping: reverting faults, then judging what ran"),
        /// The load is over; the last windows close and the verdict is awaited.
        JUDGING("judging");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        /// Returns it in words.
        public String words() {
            return words;
        }
    }

    /// A phase of the plan.
    ///
    /// @param load in words, for instance `500/s`
    /// @param start after the start of the load
    public record PhaseMark(String name, String load, Duration start, Duration duration) {
        boolean over(Duration elapsed) {
            return elapsed.compareTo(start.plus(duration)) >= 0;
        }

        boolean underWay(Duration elapsed) {
            return elapsed.compareTo(start) >= 0 && !over(elapsed);
        }
    }

    /// What the load is and how the service answers, over the last closed window.
    ///
    /// @param askedPerSecond requests that were due; empty where users wait for answers
    /// @param sentPerSecond requests that went out
    /// @param answeredPerSecond requests that ended OK
    /// @param dropped due but never sent, since the start
    /// @param inFlight sent and not yet ended
    /// @param latency of what ended; empty where nothing did
    /// @param last how the requests of the window ended
    /// @param sum how all requests so far ended
    public record Traffic(
            Optional<Double> askedPerSecond,
            double sentPerSecond,
            double answeredPerSecond,
            long dropped,
            long inFlight,
            Optional<Latency> latency,
            OutcomeCounts last,
            OutcomeCounts sum) {
        /// Before the first window.
        public static final Traffic NONE = new Traffic(
                Optional.empty(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                new OutcomeCounts(0, 0, 0, 0, 0, 0, 0),
                new OutcomeCounts(0, 0, 0, 0, 0, 0, 0));
    }

    /// How a fault stands.
    public enum FaultState {
        /// Its time has not come.
        PLANNED,
        /// It was asked for; its effect is not confirmed yet.
        ASKED,
        /// Its effect is confirmed.
        IN_FORCE,
        /// Its end is confirmed.
        REVERTED,
        /// It was rejected, or could not be applied or undone.
        FAILED
    }

    /// A fault of the plan.
    ///
    /// @param what in words, for instance `latency 500ms`
    /// @param at planned, after the start of the load
    /// @param since since when it is in force, after the start of the load
    /// @param note why it failed; else empty
    public record FaultMark(
            String id,
            String what,
            String target,
            Duration at,
            Duration duration,
            FaultState state,
            Optional<Duration> since,
            String note) {}

    /// How an objective stands while a run goes on; not a verdict.
    public enum Where {
        /// In its last window it did not hold.
        OUT,
        /// No window was looked at yet.
        WAITING,
        /// In its last window it held.
        IN
    }

    /// An objective of the run.
    ///
    /// @param now what was observed in the last window
    /// @param windowsOut windows in which it did not hold
    /// @param windows windows that were looked at
    public record Standing(
            String name, double limit, Unit unit, Optional<Double> now, long windowsOut, long windows, Where state) {}
}
