package io.ordeal.chaos.sample;

import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Metrics;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.schemas.resources.ResourceSample;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.software.os.OperatingSystem;

/// Says once a second what the host uses and what each target uses. Each has a thread of its own, so that one that
/// hangs
/// holds up nobody.
public final class Sampler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final World world;
    private final Scraper scraper = new Scraper();
    private final Map<String, Sampled> sampled = new HashMap<>();
    private final Thread host;
    private boolean closed;

    /// What a sampler works with.
    ///
    /// @param host the name of this host in samples
    /// @param processes the process of a target as it runs now, by the target's name
    public record World(
            String host, Function<String, Optional<ProcessId>> processes, SampleOutlet outlet, InstantSource clock) {}

    private interface Readings {
        Map<String, Double> now() throws InterruptedException;
    }

    /// What is sampled of a target, and by whom.
    private record Sampled(Source source, Thread thread) {}

    /// What there is to sample of a target.
    ///
    /// @param process whether it has one
    private record Source(boolean process, Optional<Metrics> metrics) {
        static Source of(Target target) {
            return new Source(target.facet(ProcessFacet.class).isPresent(), target.metrics());
        }

        boolean tells() {
            return process || metrics.isPresent();
        }
    }

    private Sampler(World world) {
        this.world = world;
        this.host = thread("", () -> new HostReadings()::now);
    }

    /// Starts to sample the host and the targets of `configuration` that have a process or metrics.
    public static Sampler start(World world, InjectorConfiguration configuration) {
        var sampler = new Sampler(world);
        sampler.host.start();
        sampler.adopt(configuration);
        return sampler;
    }

    /// Samples the targets of `configuration` from now on; those that are the same as before go on undisturbed.
    public synchronized void adopt(InjectorConfiguration configuration) {
        var wanted = new HashMap<String, Source>();
        for (var target : configuration.targets()) {
            var source = Source.of(target);
            if (source.tells() && !closed) {
                wanted.put(target.name(), source);
            }
        }
        sampled.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().source.equals(wanted.get(entry.getKey()));
            if (gone) {
                entry.getValue().thread.interrupt();
            }
            return gone;
        });
        wanted.forEach((name, source) -> sampled.computeIfAbsent(name, _ -> {
            var thread = thread(name, () -> readings(name, source));
            thread.start();
            return new Sampled(source, thread);
        }));
    }

    private Readings readings(String target, Source source) {
        var system = new SystemInfo();
        var host = ProcessReadings.Host.of(system);
        var last = new ArrayList<ProcessReadings>(1);
        return () -> {
            var readings = new HashMap<String, Double>(process(target, system.getOperatingSystem(), host, last));
            if (source.metrics.isPresent()) {
                readings.putAll(scraper.read(source.metrics.get()));
            }
            return readings;
        };
    }

    private Map<String, Double> process(
            String target, OperatingSystem system, ProcessReadings.Host host, List<ProcessReadings> last) {
        var process = world.processes().apply(target);
        last.removeIf(before -> !process.equals(Optional.of(before.process())));
        if (last.isEmpty()) {
            process.ifPresent(now -> last.add(new ProcessReadings(system, host, now)));
        }
        return last.isEmpty() ? Map.of() : last.getFirst().now();
    }

    private Thread thread(String name, Supplier<Readings> readings) {
        return Thread.ofVirtual().name("sample-" + name).unstarted(() -> loop(name, readings));
    }

    /// Instant n comes from n; those that a slow reading has missed are left out.
    private void loop(String name, Supplier<Readings> first) {
        try {
            var readings = first.get();
            long start = System.nanoTime();
            while (!Thread.interrupted()) {
                say(name, readings);
                long passed = System.nanoTime() - start;
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos() - passed % PERIOD.toNanos());
            }
        } catch (InterruptedException _) {
            // closed
        } catch (RuntimeException | LinkageError e) {
            log.atWarn().setCause(e).addKeyValue("process", name).log("this cannot be sampled");
        }
    }

    private void say(String name, Readings readings) throws InterruptedException {
        try {
            var at = world.clock().instant();
            var values = readings.now();
            if (!values.isEmpty()) {
                world.outlet().say(new ResourceSample("", world.host(), name, at, values));
            }
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).addKeyValue("process", name).log("a sample was not taken");
        }
    }

    /// Ends the sampling and closes the outlet.
    @Override
    public void close() {
        var threads = stop();
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                var _ = thread.join(CLOSING);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        scraper.close();
        world.outlet().close();
    }

    private synchronized List<Thread> stop() {
        closed = true;
        var threads = new ArrayList<>(List.of(host));
        sampled.values().forEach(each -> threads.add(each.thread));
        return threads;
    }
}
