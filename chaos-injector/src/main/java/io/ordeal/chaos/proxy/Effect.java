package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;

/// What a toxic does. Times are in nanoseconds.
public sealed interface Effect {
    /// Each chunk arrives later, by the latency plus or minus up to the jitter; it grows to that over the ramp.
    record Latency(long nanos, long jitterNanos, long rampNanos) implements OnStream {}

    /// At most so many bytes pass per second, none at 0; the limit falls to that over the ramp.
    record Bandwidth(long bytesPerSecond, long rampNanos) implements OnStream {}

    /// This part of the chunks waits for as long as a retransmission takes, and what is behind it as well.
    record Loss(double part, long stallNanos) implements OnStream {}

    /// Nothing passes; what comes waits, and so does the connection to the service.
    record Stall() implements OnStream {}

    /// The end of the stream arrives later.
    record SlowClose(long nanos) implements OnStream {}

    /// Everything is dropped, and the connection ends when nothing has come for so long; at 0 it never does. As bytes
    /// are missing, it also ends when the toxic goes.
    record Timeout(long nanos) implements OnStream {}

    /// The first chunk is dropped, and so long after it the connection is reset.
    record ResetLater(long nanos) implements OnStream {}

    /// Bytes pass in pieces of `size` plus or minus up to `variation` bytes, at least one, with a pause behind each; in
    /// one piece where both are 0.
    record Slice(long size, long variation, long pauseNanos) implements OnStream {}

    /// The connection ends after so many bytes.
    record Limit(long bytes) implements OnStream {}

    /// Everything passes.
    record Nothing() implements OnStream {}

    /// Connections are reset: open ones at once, new ones as soon as they are there.
    record Reset() implements Effect {}

    /// New connections are refused.
    record Refuse() implements Effect {}

    /// An effect on the bytes of one direction.
    sealed interface OnStream extends Effect {}

    /// An effect on HTTP/1.1 requests, or on a share of them.
    sealed interface OnHttp extends Effect {
        /// Returns the part of the requests.
        double share();
    }

    /// Requests are answered with `code` and do not reach the service.
    record HttpStatus(int code, double share) implements OnHttp {}

    /// Requests reach the service later.
    record HttpDelay(long nanos, double share) implements OnHttp {}

    /// Answers break off after so many bytes of their body.
    record HttpCut(long after, double share) implements OnHttp {}

    /// Returns what `fault` does in a proxy.
    ///
    /// @throws IllegalArgumentException when it is one that acts on packets only
    static Effect of(TrafficFault fault) {
        return switch (fault) {
            case TrafficFault.Latency(var _, var latency, var jitter, var _, var ramp) ->
                new Latency(latency.toNanos(), jitter.toNanos(), ramp.toNanos());
            case TrafficFault.Bandwidth(var _, var rate, var _, var ramp) -> new Bandwidth(rate, ramp.toNanos());
            case TrafficFault.Loss(var _, var loss, var stall, var _) -> new Loss(loss, stall.toNanos());
            case TrafficFault.Partition _ -> new Stall();
            case TrafficFault.Reset _ -> new Reset();
            case TrafficFault.Refuse _ -> new Refuse();
            case TrafficFault.Timeout(var _, var timeout, var _) -> new Timeout(timeout.toNanos());
            case TrafficFault.SlowClose(var _, var delay, var _) -> new SlowClose(delay.toNanos());
            case TrafficFault.Slice(var _, var size, var variation, var delay, var _) ->
                new Slice(size, variation, delay.toNanos());
            case TrafficFault.LimitData(var _, var bytes, var _) -> new Limit(bytes);
            case TrafficFault.HttpStatus(var status, var share, var _) -> new HttpStatus(status, share);
            case TrafficFault.HttpDelay(var delay, var share, var _) -> new HttpDelay(delay.toNanos(), share);
            case TrafficFault.HttpCut(var after, var share, var _) -> new HttpCut(after, share);
            case TrafficFault.OnPackets packets ->
                throw new IllegalArgumentException(
                        "a proxy sees no packets: " + packets.kind().published());
        };
    }
}
