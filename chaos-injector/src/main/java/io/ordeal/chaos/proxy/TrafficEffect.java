package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What a probe must meet on its way through a proxy while a fault is in force there.
///
/// @param probe open since before the fault
/// @param before its round trip then
/// @param since when the fault came into force, on the clock of [System#nanoTime]
record TrafficEffect(TcpProxy proxy, Probe probe, Duration before, long since) {
    private static final int TRIES = 10;
    private static final Duration SILENCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 8 << 20;
    /// Clocks and schedulers are a little coarse.
    private static final double TOLERANCE = 0.98;

    /// Waits until `fault` shows and returns what was measured.
    Map<String, String> see(TrafficFault fault) throws InjectionFailed, InterruptedException {
        try {
            return switch (fault) {
                case TrafficFault.Latency latency -> latency(latency);
                case TrafficFault.Partition _ -> partition();
                case TrafficFault.Reset _ -> reset();
                case TrafficFault.Bandwidth bandwidth -> bandwidth(bandwidth);
                default ->
                    throw new InjectionFailed("the proxy has no " + fault.kind().published());
            };
        } catch (IOException e) {
            if (Thread.interrupted()) { // which closes a socket that is being read
                throw new InterruptedException();
            }
            throw new InjectionFailed("the probe through the proxy broke", e);
        }
    }

    /// Returns the round trip that latency makes at least, at full strength and with all luck.
    static Duration least(TrafficFault.Latency fault) {
        long middle = fault.latency().toNanos();
        long jitter = fault.jitter().toNanos();
        int ways = fault.direction() == Direction.BOTH ? 2 : 1;
        return Duration.ofNanos(ways * Math.max(middle - jitter, (middle + jitter) / 8));
    }

    private Map<String, String> latency(TrafficFault.Latency fault)
            throws IOException, InjectionFailed, InterruptedException {
        long ramp = fault.ramp().toNanos();
        awaitStrength(ramp, 0.1);
        var patience = fault.confirmation().multipliedBy(2).plus(PATIENCE);
        var seen = Duration.ZERO;
        for (int i = 0; i < TRIES; i++) {
            double strength = ramp == 0 ? 1 : Math.min(1, (double) (System.nanoTime() - since) / ramp);
            seen = probe.roundTrip(patience);
            if (seen.toNanos() >= least(fault).toNanos() * strength * TOLERANCE) {
                return evidence("rtt_during", Shown.millis(seen));
            }
        }
        throw new InjectionFailed(
                "a round trip of " + Shown.millis(seen) + " shows no latency of " + Shown.millis(fault.latency()));
    }

    private Map<String, String> partition() throws IOException, InjectionFailed {
        probe.send();
        try (var fresh = Probe.open(proxy)) {
            fresh.send();
            if (isSilent(probe, SILENCE) && isSilent(fresh, Duration.ofMillis(1))) {
                return evidence("silence", Shown.millis(SILENCE));
            }
        }
        throw new InjectionFailed("bytes pass in spite of the partition");
    }

    private Map<String, String> reset() throws IOException, InjectionFailed, InterruptedException {
        if (!isReset(Optional.of(probe))) {
            throw new InjectionFailed("an open connection was not reset");
        }
        if (!isReset(Optional.empty())) {
            throw new InjectionFailed("a new connection was not reset");
        }
        return evidence("connections_open_and_new", "reset");
    }

    private Map<String, String> bandwidth(TrafficFault.Bandwidth fault)
            throws IOException, InjectionFailed, InterruptedException {
        awaitStrength(fault.ramp().toNanos(), 0.5);
        double allowed = fault.bytesPerSecond() * (fault.ramp().isZero() ? 1 : 2);
        int bytes = (int) Math.clamp((long) (allowed / 5), 2L, (long) MOST_BYTES);
        double least = bytes / allowed;
        var patience = Duration.ofNanos((long) (least * 4e9)).plus(PATIENCE);
        var took = probe.transfer(bytes, patience);
        double seen = bytes / (took.toNanos() / 1e9);
        if (seen > allowed * 1.05) {
            throw new InjectionFailed(Shown.rate(seen) + " pass in spite of the limit of " + Shown.rate(allowed));
        }
        return evidence("rate_during", Shown.rate(seen));
    }

    private Map<String, String> evidence(String name, String value) {
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("rtt_before", Shown.millis(before));
        evidence.put(name, value);
        return evidence;
    }

    private void awaitStrength(long ramp, double strength) throws InterruptedException {
        long wait = since + (long) (ramp * strength) - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    private static boolean isSilent(Probe probe, Duration patience) throws IOException {
        try {
            probe.await(patience);
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    /// Whether the open probe, or a new one where there is none, is reset.
    private boolean isReset(Optional<Probe> open) throws InterruptedException {
        try {
            if (open.isPresent()) {
                open.get().await(PATIENCE);
            } else {
                try (var fresh = Probe.open(proxy)) {
                    fresh.roundTrip(PATIENCE);
                }
            }
            return false;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return true;
        }
    }
}
