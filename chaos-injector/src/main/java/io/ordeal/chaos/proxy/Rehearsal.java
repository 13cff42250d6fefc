package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.Direction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A small fault on a proxy that only probes meet, done once at the start: the first real one then acts as quickly as
/// the next, and a proxy that probes do not pass is known before anybody relies on it.
final class Rehearsal {
    /// No connection is hit with this fraction, but probes are, with any.
    private static final double NOBODY = Double.MIN_VALUE;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ROUND_TRIPS = 50;
    private static final int BYTES = 100_000;
    private static final long A_MILLI = 1_000_000;
    private static final String NAME = "rehearsal";

    private Rehearsal() {}

    /// Plays it on `proxy`.
    ///
    /// @throws IOException when probes do not pass
    static void play(TcpProxy proxy) throws IOException, InterruptedException {
        try (var probe = Probe.open(proxy, NAME)) {
            for (int i = 0; i < ROUND_TRIPS; i++) {
                probe.roundTrip(PATIENCE);
            }
            for (var effect : List.of(new Effect.Latency(A_MILLI, A_MILLI, 0), new Effect.Bandwidth(10_000_000, 0))) {
                var toxic = new Toxic(NAME, effect, Direction.BOTH, NOBODY, 0, System.nanoTime());
                proxy.add(toxic).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                probe.roundTrip(PATIENCE);
                probe.transfer(BYTES, PATIENCE);
                proxy.remove(toxic).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the proxy does not answer", e);
        }
    }
}
