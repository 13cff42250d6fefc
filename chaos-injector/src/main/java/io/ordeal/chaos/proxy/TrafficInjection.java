package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A fault on the traffic of a proxy. It is seen by probes that take the way of a client's bytes and never reach the
/// service.
final class TrafficInjection implements Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BASELINE = 3;
    /// A round trip that takes so long has another fault on it and is not worth repeating.
    private static final Duration SLOW = Duration.ofMillis(10);

    private final TcpProxy proxy;
    private final TrafficFault fault;
    private final long seed;
    private final InstantSource clock;
    private Optional<TrafficEffect> effect = Optional.empty();
    private TcpProxy.Census census = new TcpProxy.Census(0, 0);

    TrafficInjection(TcpProxy proxy, TrafficFault fault, long seed, InstantSource clock) {
        this.proxy = proxy;
        this.fault = fault;
        this.seed = seed;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new Undo.WithInjector();
    }

    @Override
    public List<String> steps() {
        return List.of("the proxy at " + proxy.address() + " gets " + fault);
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        try {
            var draft = Toxic.of(fault, seed, System.nanoTime());
            var probe = Probe.open(proxy, draft.name());
            var before = usual(probe);
            var actedAt = clock.instant();
            var next = draft.at(System.nanoTime());
            effect = Optional.of(new TrafficEffect(proxy, next, probe, before));
            census = await(proxy.add(next));
            return actedAt;
        } catch (IOException e) {
            throw new InjectionFailed("no probe passes the proxy", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(effect.orElseThrow().see(fault));
        evidence.put("connections", String.valueOf(census.connections()));
        evidence.put("connections_hit", String.valueOf(census.hit()));
        if (fault.fraction() < 1) {
            evidence.put("seed", String.valueOf(seed));
        }
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed, InterruptedException {
        if (effect.isPresent()) {
            await(proxy.remove(effect.get().toxic()));
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        if (effect.isEmpty()) {
            return Map.of("toxic", "never in force");
        }
        var toxic = effect.get().toxic();
        var evidence = new LinkedHashMap<String, String>();
        try {
            if (fault instanceof TrafficFault.Partition && effect.get().probe().usable()) {
                effect.get().probe().roundTrip(PATIENCE);
                evidence.put("held_data", "delivered");
            }
            evidence.putAll(new TrafficAbsence(proxy, toxic, effect.get().before()).see(fault));
            if (fault instanceof TrafficFault.OnHttp) {
                evidence.put("requests", String.valueOf(toxic.tally().requests()));
                evidence.put("requests_hit", String.valueOf(toxic.tally().hit()));
            }
            return evidence;
        } catch (IOException e) {
            throw new InjectionFailed("a probe still does not pass the proxy as before", e);
        } finally {
            closeProbe();
        }
    }

    /// Returns the best of a few round trips: what the way itself takes, without what the host has just done besides.
    private static Duration usual(Probe probe) throws IOException {
        var best = probe.roundTrip(PATIENCE);
        for (int i = 1; i < BASELINE && best.compareTo(SLOW) < 0; i++) {
            var next = probe.roundTrip(PATIENCE);
            best = next.compareTo(best) < 0 ? next : best;
        }
        return best;
    }

    private void closeProbe() {
        effect.ifPresent(e -> {
            try {
                e.probe().close();
            } catch (IOException _) {
                // it has served
            }
        });
    }

    private static <T> T await(Future<T> future) throws InjectionFailed, InterruptedException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new InjectionFailed("the proxy does not answer", e);
        }
    }
}
