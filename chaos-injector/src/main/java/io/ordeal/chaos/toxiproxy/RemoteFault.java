package io.ordeal.chaos.toxiproxy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.InjectionFailed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A fault in the words of Toxiproxy.
///
/// @param type of the toxic
/// @param direction where the toxic is; in both, it is made twice
/// @param attributes all of its attributes
record RemoteFault(String type, Direction direction, double toxicity, Map<String, Long> attributes) {
    private static final int KILOBYTE = 1000;

    RemoteFault {
        attributes = new LinkedHashMap<>(attributes);
    }

    /// Returns what `fault` is there.
    ///
    /// @throws InjectionFailed when Toxiproxy cannot do exactly that
    static RemoteFault of(TrafficFault fault) throws InjectionFailed {
        return switch (fault) {
            case TrafficFault.Latency(var direction, var latency, var jitter, var fraction, var ramp) -> {
                requireNoRamp(ramp);
                yield new RemoteFault(
                        "latency",
                        direction,
                        fraction,
                        Map.of("latency", millis("latency", latency), "jitter", millis("jitter", jitter)));
            }
            case TrafficFault.Bandwidth(var direction, var rate, var fraction, var ramp) -> {
                requireNoRamp(ramp);
                if (rate % KILOBYTE != 0) {
                    throw new InjectionFailed("Toxiproxy knows rates in whole KB/s only");
                }
                yield new RemoteFault("bandwidth", direction, fraction, Map.of("rate", rate / KILOBYTE));
            }
            // A rate of nothing holds what comes and delivers it at the end; a timeout would drop it.
            case TrafficFault.Partition(var direction, var fraction) ->
                new RemoteFault("bandwidth", direction, fraction, Map.of("rate", 0L));
            case TrafficFault.Reset(var fraction) ->
                new RemoteFault("reset_peer", Direction.BOTH, fraction, Map.of("timeout", 0L));
            case TrafficFault.Timeout(var direction, var timeout, var fraction) ->
                new RemoteFault("timeout", direction, fraction, Map.of("timeout", millis("timeout", timeout)));
            case TrafficFault.SlowClose(var direction, var delay, var fraction) ->
                new RemoteFault("slow_close", direction, fraction, Map.of("delay", millis("delay", delay)));
            case TrafficFault.Slice(var direction, var size, var variation, var delay, var fraction) ->
                new RemoteFault(
                        "slicer",
                        direction,
                        fraction,
                        Map.of("average_size", size, "size_variation", variation, "delay", delay.toNanos() / KILOBYTE));
            case TrafficFault.LimitData(var direction, var bytes, var fraction) ->
                new RemoteFault("limit_data", direction, fraction, Map.of("bytes", bytes));
            case TrafficFault.Loss _, TrafficFault.Refuse _, TrafficFault.OnHttp _, TrafficFault.OnPackets _ ->
                throw new InjectionFailed("Toxiproxy has no " + fault.kind().published());
        };
    }

    private static void requireNoRamp(Duration ramp) throws InjectionFailed {
        if (!ramp.isZero()) {
            throw new InjectionFailed("Toxiproxy has no ramp");
        }
    }

    private static long millis(String name, Duration duration) throws InjectionFailed {
        if (duration.toNanos() % 1_000_000 != 0) {
            throw new InjectionFailed("Toxiproxy knows " + name + " in whole milliseconds only");
        }
        return duration.toMillis();
    }
}
