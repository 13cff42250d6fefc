package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Bound;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.Map;

/// A fault on what passes between clients and a service: bytes in a proxy, or packets.
public sealed interface TrafficFault extends Fault {
    /// Returns the part of the connections that it is on, above 0 and up to 1; on packets always 1.
    double fraction();

    /// Each chunk of bytes arrives later, by `latency` plus or minus up to `jitter`, evenly spread; order is kept.
    ///
    /// @param ramp time from nothing to all of it
    record Latency(Direction direction, Duration latency, Duration jitter, double fraction, Duration ramp)
            implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.LATENCY;
        }

        @Override
        public Duration confirmation() {
            return latency.plus(jitter).multipliedBy(direction == Direction.BOTH ? 2 : 1);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LATENCY, latency.plus(jitter).toNanos() / 1e9);
        }
    }

    /// Each connection passes at most so many bytes per second, per direction.
    ///
    /// @param ramp time in which the rate falls to `bytesPerSecond`
    record Bandwidth(Direction direction, long bytesPerSecond, double fraction, Duration ramp) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.BANDWIDTH;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofNanos(Math.max(200_000_000L, 4_000_000_000L / bytesPerSecond));
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MIN_RATE, (double) bytesPerSecond);
        }
    }

    /// Packets are lost. A proxy cannot lose bytes of a stream: there, chunks stall, and what is behind them with them.
    ///
    /// @param loss the part of packets or chunks, above 0 and up to 1
    /// @param stall how long a chunk stalls in a proxy: the time that a retransmission takes
    record Loss(Direction direction, double loss, Duration stall, double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.LOSS;
        }

        @Override
        public Duration confirmation() {
            return stall.multipliedBy(2);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LOSS, loss, Bound.MAX_LATENCY, stall.toNanos() / 1e9);
        }
    }

    /// No byte passes and no connection is opened or closed towards the other side; what was sent waits.
    record Partition(Direction direction, double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.PARTITION;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofMillis(100);
        }
    }

    /// Connections end with a TCP reset: those that are open at once, new ones as soon as they are opened.
    record Reset(double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.RESET;
        }
    }

    /// New connections are refused or reset; those that are open stay.
    record Refuse(double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.REFUSE;
        }
    }

    /// Packets arrive twice.
    ///
    /// @param duplicate the part of packets, above 0 and up to 1
    record Duplicate(double duplicate) implements OnPackets {
        @Override
        public FaultKind kind() {
            return FaultKind.DUPLICATE;
        }

        @Override
        public double part() {
            return duplicate;
        }
    }

    /// Packets are held back for `delay`, except for a part that goes at once and so overtakes them.
    ///
    /// @param reorder the part that overtakes, above 0 and up to 1
    record Reorder(double reorder, Duration delay) implements OnPackets {
        @Override
        public FaultKind kind() {
            return FaultKind.REORDER;
        }

        @Override
        public double part() {
            return reorder;
        }
    }

    /// Packets arrive with a flipped bit.
    ///
    /// @param corrupt the part of packets, above 0 and up to 1
    record Corrupt(double corrupt) implements OnPackets {
        @Override
        public FaultKind kind() {
            return FaultKind.CORRUPT;
        }

        @Override
        public double part() {
            return corrupt;
        }
    }

    /// A fault that there is on packets only.
    sealed interface OnPackets extends TrafficFault {
        /// Returns the part of packets, above 0 and up to 1.
        double part();

        @Override
        default double fraction() {
            return 1;
        }

        @Override
        default Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LOSS, part());
        }
    }

    /// Nothing passes, and a connection that has been silent for `timeout` ends.
    ///
    /// @param timeout 0: it never ends
    record Timeout(Direction direction, Duration timeout, double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.TIMEOUT;
        }

        @Override
        public Duration confirmation() {
            return timeout.plusMillis(100);
        }
    }

    /// The end of a stream arrives later.
    record SlowClose(Direction direction, Duration delay, double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.SLOW_CLOSE;
        }

        @Override
        public Duration confirmation() {
            return delay.multipliedBy(direction == Direction.BOTH ? 2 : 1);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LATENCY, delay.toNanos() / 1e9);
        }
    }

    /// Bytes arrive in pieces of `size` plus or minus up to `variation`, each `delay` after the one before.
    record Slice(Direction direction, long size, long variation, Duration delay, double fraction)
            implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.SLICE;
        }

        @Override
        public Duration confirmation() {
            return delay.multipliedBy(8);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LATENCY, delay.toNanos() / 1e9);
        }
    }

    /// A connection ends after so many bytes in the direction meant.
    record LimitData(Direction direction, long bytes, double fraction) implements TrafficFault {
        @Override
        public FaultKind kind() {
            return FaultKind.LIMIT_DATA;
        }
    }

    /// A fault that the proxy makes on HTTP/1.1 requests.
    sealed interface OnHttp extends TrafficFault {
        /// Returns the part of the requests, above 0 and up to 1.
        double share();

        @Override
        default Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_SHARE, share());
        }
    }

    /// Requests are answered with `status` and do not reach the service.
    ///
    /// @param status 400 to 599
    record HttpStatus(int status, double share, double fraction) implements OnHttp {
        @Override
        public FaultKind kind() {
            return FaultKind.HTTP_STATUS;
        }
    }

    /// Requests reach the service later.
    record HttpDelay(Duration delay, double share, double fraction) implements OnHttp {
        @Override
        public FaultKind kind() {
            return FaultKind.HTTP_DELAY;
        }

        @Override
        public Duration confirmation() {
            return delay;
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_SHARE, share, Bound.MAX_LATENCY, delay.toNanos() / 1e9);
        }
    }

    /// Answers break off after so many bytes of their body.
    record HttpCut(long after, double share, double fraction) implements OnHttp {
        @Override
        public FaultKind kind() {
            return FaultKind.HTTP_CUT;
        }
    }
}
