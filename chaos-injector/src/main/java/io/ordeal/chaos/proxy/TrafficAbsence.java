package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a probe must meet when a fault is no more in force.
///
/// @param before the round trip before the fault
record TrafficAbsence(TcpProxy proxy, Toxic toxic, Duration before) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 50;
    private static final int MORE = 1000;

    /// Waits until nothing of `fault` shows and returns what was measured.
    Map<String, String> see(TrafficFault fault) throws IOException, InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<String, String>();
        switch (fault) {
            case TrafficFault.SlowClose(var _, var delay, var _) -> {
                var took = await("a close", least(delay), Probe::end);
                evidence.put("close_after", Shown.millis(took));
            }
            case TrafficFault.LimitData(var _, var bytes, var _) -> {
                try (var probe = Probe.open(proxy, toxic.name())) {
                    probe.transfer((int) bytes + MORE, PATIENCE);
                    evidence.put("passed_after", bytes + MORE + "B");
                }
            }
            case TrafficFault.HttpStatus _ ->
                evidence.put("status_after", String.valueOf(ask(MORE).status()));
            case TrafficFault.HttpCut(var after, var _, var _) ->
                evidence.put("body_after", ask(after + MORE).body() + "B");
            case TrafficFault.HttpDelay(var delay, var _, var _) -> {
                var took = await(
                        "a request",
                        least(delay),
                        (probe, patience) -> probe.ask(MORE, patience).took());
                evidence.put("answered_after", Shown.millis(took));
            }
            default -> {
                // the round trip says it
            }
        }
        var limit = fault instanceof TrafficFault.Latency latency ? least(TrafficEffect.least(latency)) : least();
        evidence.put("rtt_after", Shown.millis(await("a round trip", limit, Probe::roundTrip)));
        return evidence;
    }

    private Probe.Answer ask(long bytes) throws IOException, InjectionFailed {
        try (var probe = Probe.open(proxy, toxic.name())) {
            var answer = probe.ask(bytes, PATIENCE);
            if (answer.status() != 200 || answer.body() != bytes) {
                throw new InjectionFailed("a request is still answered with " + answer.status() + " and "
                        + answer.body() + "B of " + bytes + "B");
            }
            return answer;
        }
    }

    private Duration least() {
        return before.plusMillis(5);
    }

    /// Half of what the fault made it take, but not less than it took before.
    private Duration least(Duration made) {
        var half = made.dividedBy(2);
        return half.compareTo(least()) > 0 ? half : least();
    }

    private interface Measure {
        Duration on(Probe probe, Duration patience) throws IOException;
    }

    private Duration await(String what, Duration limit, Measure measure)
            throws IOException, InjectionFailed, InterruptedException {
        var seen = Duration.ZERO;
        for (int i = 0; i < TRIES; i++) {
            try (var probe = Probe.open(proxy, toxic.name())) {
                seen = measure.on(probe, PATIENCE);
            }
            if (seen.compareTo(limit) <= 0) {
                return seen;
            }
            TimeUnit.MILLISECONDS.sleep(20); // a busy host, perhaps
        }
        throw new InjectionFailed(what + " still takes " + Shown.millis(seen));
    }
}
