package io.ordeal.generator.run;

import io.ordeal.generator.schedule.Adjustment;
import io.ordeal.generator.schedule.Streams;
import java.time.Duration;
import java.time.Instant;

/// The state of a run's load: what its commands have made of its plan.
///
/// ```
///            start               stop, abort
///  Waiting ---------> Started ----------------> Stopped
///     |                | ^ adjust, pause, resume    ^
///     |                '-'                          |
///     '---------------------------------------------'
///                    stop, abort
/// ```
public sealed interface RunLoad {
    /// Nobody has started it.
    ///
    /// @param streams its loads as planned
    record Waiting(Streams streams) implements RunLoad {}

    /// It goes by its schedule.
    ///
    /// @param startAt time zero of the schedule
    /// @param streams its loads with every adjustment so far
    /// @param paused whether new iterations are held back
    record Started(Instant startAt, Streams streams, boolean paused) implements RunLoad {
        /// Returns `at` in nanoseconds from the start.
        long offset(Instant at) {
            return Duration.between(startAt, at).toNanos();
        }

        /// Returns when the schedule ends.
        public Instant end() {
            return startAt.plusNanos(streams.end());
        }

        Started with(Streams changed) {
            return new Started(startAt, changed, paused);
        }

        Started with(boolean nowPaused) {
            return new Started(startAt, streams, nowPaused);
        }
    }

    /// It has ended for good.
    ///
    /// @param reason as the command gave it
    /// @param graceful whether iterations under way may go on for as long as the plan grants them
    record Stopped(String reason, boolean graceful) implements RunLoad {
        /// A graceful end.
        public Stopped(String reason) {
            this(reason, true);
        }
    }

    /// An adjustment in words.
    static String describe(Adjustment adjustment) {
        return switch (adjustment) {
            case Adjustment.ToRate(double rate) -> "rate " + plain(rate) + "/s";
            case Adjustment.ToUsers(double users) -> "users " + plain(users);
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
