package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.FaultKind;
import java.time.Duration;

/// What is done to a target, with values that have been checked.
public sealed interface Fault {
    /// Returns its kind.
    FaultKind kind();

    /// Returns an upper estimate of the time that seeing the effect takes; a fault that ends sooner cannot be
    /// confirmed.
    Duration confirmation();

    /// A fault that the proxy makes.
    sealed interface OnTraffic extends Fault {
        /// Returns the part of the connections that it is on, above 0 and up to 1.
        double fraction();
    }

    /// Each chunk of bytes arrives later, by `latency` plus or minus up to `jitter`, evenly spread; order is kept.
    ///
    /// @param ramp time from nothing to all of it
    record Latency(Direction direction, Duration latency, Duration jitter, double fraction, Duration ramp)
            implements OnTraffic {
        @Override
        public FaultKind kind() {
            return FaultKind.LATENCY;
        }

        @Override
        public Duration confirmation() {
            return latency.plus(jitter).multipliedBy(direction == Direction.BOTH ? 2 : 1);
        }
    }

    /// No byte passes and no connection is opened or closed towards the other side; what was sent waits.
    record Partition(Direction direction, double fraction) implements OnTraffic {
        @Override
        public FaultKind kind() {
            return FaultKind.PARTITION;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofMillis(100);
        }
    }

    /// Connections end with a TCP reset: those that are open at once, new ones as soon as they are accepted.
    record Reset(double fraction) implements OnTraffic {
        @Override
        public FaultKind kind() {
            return FaultKind.RESET;
        }

        @Override
        public Duration confirmation() {
            return Duration.ZERO;
        }
    }

    /// Each connection passes at most so many bytes per second, per direction.
    ///
    /// @param ramp time in which the rate falls to `bytesPerSecond`
    record Bandwidth(Direction direction, long bytesPerSecond, double fraction, Duration ramp) implements OnTraffic {
        @Override
        public FaultKind kind() {
            return FaultKind.BANDWIDTH;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofNanos(Math.max(200_000_000L, 4_000_000_000L / bytesPerSecond));
        }
    }

    /// The process is killed with SIGKILL and stays down for the fault's duration.
    record Kill() implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.KILL;
        }

        @Override
        public Duration confirmation() {
            return Duration.ZERO;
        }
    }

    /// The process is stopped with SIGSTOP and continued with SIGCONT.
    record Pause() implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.PAUSE;
        }

        @Override
        public Duration confirmation() {
            return Duration.ZERO;
        }
    }

    /// So many cores of the host are busy with nothing.
    ///
    /// @param load of each core, percent, above 0 and up to 100
    record CpuLoad(double load, int cores) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.CPU;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofMillis(500);
        }
    }
}
