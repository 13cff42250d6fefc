package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What a probe must meet on its way through a proxy while a fault is in force there. It meets that fault only, so that
/// others can come and go meanwhile.
///
/// @param toxic what the fault is in the proxy
/// @param probe open since before the fault
/// @param before its round trip then
record TrafficEffect(TcpProxy proxy, Toxic toxic, Probe probe, Duration before) {
    private static final int TRIES = 10;
    private static final Duration SILENCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOSS_PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 8 << 20;
    private static final int MORE = 1000;
    /// Clocks and schedulers are a little coarse.
    private static final double TOLERANCE = 0.98;

    /// Waits until `fault` shows and returns what was measured.
    Map<String, String> see(TrafficFault fault) throws InjectionFailed, InterruptedException {
        try {
            return switch (fault) {
                case TrafficFault.Latency latency -> latency(latency);
                case TrafficFault.Loss loss -> loss(loss);
                case TrafficFault.Partition _ -> silence();
                case TrafficFault.Reset _ -> reset();
                case TrafficFault.Refuse refuse -> refuse(refuse);
                case TrafficFault.Bandwidth bandwidth -> bandwidth(bandwidth);
                case TrafficFault.Timeout timeout -> timeout(timeout);
                case TrafficFault.SlowClose slow -> slowClose(slow);
                case TrafficFault.Slice slice -> slice(slice);
                case TrafficFault.LimitData limit -> limit(limit);
                case TrafficFault.HttpStatus(var status, var _, var _) -> status(status);
                case TrafficFault.HttpDelay(var delay, var _, var _) -> httpDelay(delay);
                case TrafficFault.HttpCut(var after, var _, var _) -> cut(after);
                case TrafficFault.OnPackets _ ->
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
        return Duration.ofNanos(ways(fault.direction()) * Math.max(middle - jitter, (middle + jitter) / 8));
    }

    static int ways(Direction direction) {
        return direction == Direction.BOTH ? 2 : 1;
    }

    private Map<String, String> latency(TrafficFault.Latency fault)
            throws IOException, InjectionFailed, InterruptedException {
        long ramp = fault.ramp().toNanos();
        awaitStrength(ramp, 0.1);
        var patience = fault.confirmation().multipliedBy(2).plus(PATIENCE);
        var seen = Duration.ZERO;
        for (int i = 0; i < TRIES; i++) {
            double strength = ramp == 0 ? 1 : Math.min(1, (double) (System.nanoTime() - toxic.since()) / ramp);
            seen = probe.roundTrip(patience);
            if (seen.toNanos() >= least(fault).toNanos() * strength * TOLERANCE) {
                return evidence("rtt_during", Shown.millis(seen));
            }
        }
        throw new InjectionFailed(
                "a round trip of " + Shown.millis(seen) + " shows no latency of " + Shown.millis(fault.latency()));
    }

    /// A rare stall takes many round trips to meet.
    private Map<String, String> loss(TrafficFault.Loss fault)
            throws IOException, InjectionFailed, InterruptedException {
        long end = System.nanoTime() + LOSS_PATIENCE.toNanos();
        var patience = fault.stall().multipliedBy(3).plus(PATIENCE);
        for (int trips = 1; System.nanoTime() - end < 0; trips++) {
            var seen = probe.roundTrip(patience);
            if (reaches(seen, fault.stall())) {
                var evidence = evidence("rtt_stalled", Shown.millis(seen));
                evidence.put("round_trips", String.valueOf(trips));
                return evidence;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        throw new InjectionFailed("no round trip has stalled for " + Shown.millis(fault.stall()));
    }

    private Map<String, String> silence() throws IOException, InjectionFailed {
        probe.send();
        try (var fresh = fresh()) {
            fresh.send();
            if (isSilent(probe, SILENCE) && isSilent(fresh, Duration.ofMillis(1))) {
                return evidence("silence", Shown.millis(SILENCE));
            }
        }
        throw new InjectionFailed("bytes pass in spite of the fault");
    }

    private Map<String, String> reset() throws InjectionFailed, InterruptedException {
        if (!isReset(Optional.of(probe))) {
            throw new InjectionFailed("an open connection was not reset");
        }
        if (!isReset(Optional.empty())) {
            throw new InjectionFailed("a new connection was not reset");
        }
        return evidence("connections_open_and_new", "reset");
    }

    private Map<String, String> refuse(TrafficFault.Refuse fault)
            throws IOException, InjectionFailed, InterruptedException {
        var open = probe.roundTrip(PATIENCE);
        var met = "reset";
        if (fault.fraction() < 1) {
            if (!isReset(Optional.empty())) {
                throw new InjectionFailed("a new connection was not reset");
            }
        } else {
            try (var _ = fresh()) {
                throw new InjectionFailed("a new connection was not refused");
            } catch (ConnectException _) {
                met = "refused";
            }
        }
        var evidence = evidence("new_connection", met);
        evidence.put("rtt_of_open_connection", Shown.millis(open));
        return evidence;
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

    private Map<String, String> timeout(TrafficFault.Timeout fault) throws IOException, InjectionFailed {
        if (fault.timeout().isZero()) {
            return silence();
        }
        long bytes = probe.count(fault.timeout().plus(PATIENCE));
        var took = Duration.ofNanos(System.nanoTime() - toxic.since());
        if (bytes > 0 || !reaches(took, fault.timeout())) {
            throw new InjectionFailed("a silent connection was closed after " + Shown.millis(took));
        }
        return evidence("closed_after", Shown.millis(took));
    }

    private Map<String, String> slowClose(TrafficFault.SlowClose fault) throws IOException, InjectionFailed {
        try (var fresh = fresh()) {
            fresh.roundTrip(PATIENCE);
            var took = fresh.end(fault.delay().multipliedBy(2).plus(PATIENCE));
            if (!reaches(took, fault.delay().multipliedBy(ways(fault.direction())))) {
                throw new InjectionFailed("a connection was closed within " + Shown.millis(took));
            }
            return evidence("close_during", Shown.millis(took));
        }
    }

    private Map<String, String> slice(TrafficFault.Slice fault) throws IOException, InjectionFailed {
        int most = (int) (fault.size() + fault.variation());
        if (!fault.delay().isZero()) {
            int pieces = 4;
            var took =
                    probe.transfer(pieces * most, fault.delay().multipliedBy(4).plus(PATIENCE));
            if (!reaches(took, fault.delay().multipliedBy(pieces - 1))) {
                throw new InjectionFailed(pieces + " pieces arrived within " + Shown.millis(took));
            }
            return evidence("four_pieces_took", Shown.millis(took));
        }
        // Pieces that follow at once may be read together: a first one must come alone at least once.
        for (int i = 0; i < TRIES * TRIES; i++) {
            int first = probe.first(4 * most, PATIENCE);
            if (first <= most) {
                return evidence("first_piece", first + "B of " + 4 * most + "B");
            }
        }
        throw new InjectionFailed("no piece has come by itself");
    }

    private Map<String, String> limit(TrafficFault.LimitData fault) throws IOException, InjectionFailed {
        try (var fresh = fresh()) {
            fresh.pour((int) fault.bytes() + MORE);
            long seen = fresh.count(PATIENCE);
            if (seen > fault.bytes()) {
                throw new InjectionFailed(seen + "B have passed");
            }
            return evidence("closed_after", seen + "B");
        }
    }

    private Map<String, String> status(int status) throws IOException, InjectionFailed {
        try (var fresh = fresh()) {
            var answer = fresh.ask(MORE, PATIENCE);
            if (answer.status() != status) {
                throw new InjectionFailed("a request was answered with " + answer.status());
            }
            return evidence("status_during", String.valueOf(answer.status()));
        }
    }

    private Map<String, String> httpDelay(Duration delay) throws IOException, InjectionFailed {
        try (var fresh = fresh()) {
            var answer = fresh.ask(MORE, delay.plus(PATIENCE));
            if (!reaches(answer.took(), delay)) {
                throw new InjectionFailed("a request was answered within " + Shown.millis(answer.took()));
            }
            return evidence("answered_after", Shown.millis(answer.took()));
        }
    }

    private Map<String, String> cut(long after) throws IOException, InjectionFailed {
        try (var fresh = fresh()) {
            var answer = fresh.ask(after + MORE, PATIENCE);
            if (answer.body() != after) {
                throw new InjectionFailed(answer.body() + "B of an answer have come");
            }
            return evidence("body_ended_after", after + "B of " + (after + MORE) + "B");
        }
    }

    private Probe fresh() throws IOException {
        return Probe.open(proxy, toxic.name());
    }

    private static boolean reaches(Duration seen, Duration least) {
        return seen.toNanos() >= least.toNanos() * TOLERANCE;
    }

    private Map<String, String> evidence(String name, String value) {
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("rtt_before", Shown.millis(before));
        evidence.put(name, value);
        return evidence;
    }

    private void awaitStrength(long ramp, double strength) throws InterruptedException {
        long wait = toxic.since() + (long) (ramp * strength) - System.nanoTime();
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
                try (var fresh = fresh()) {
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
