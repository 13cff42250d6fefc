package io.ordeal.chaos.sample;

import io.ordeal.chaos.policy.InjectorConfiguration;
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
    private final List<Thread> threads = new ArrayList<>();

    /// What a sampler works with.
    ///
    /// @param host the name of this host in samples
    /// @param processes the process of a target as it runs now, by the target's name
    public record World(
            String host, Function<String, Optional<ProcessId>> processes, SampleOutlet outlet, InstantSource clock) {}

    private interface Readings {
        Map<String, Double> now() throws InterruptedException;
    }

    private Sampler(World world) {
        this.world = world;
    }

    /// Starts to sample the host and the targets of `configuration` that have a process or metrics.
    public static Sampler start(World world, InjectorConfiguration configuration) {
        var sampler = new Sampler(world);
        sampler.every("", () -> new HostReadings()::now);
        for (var target : configuration.targets()) {
            if (target.facet(ProcessFacet.class).isPresent() || target.metrics().isPresent()) {
                sampler.every(target.name(), () -> sampler.readings(target));
            }
        }
        return sampler;
    }

    private Readings readings(Target target) {
        var system = new SystemInfo().getOperatingSystem();
        var last = new ArrayList<ProcessReadings>(1);
        return () -> {
            var readings = new HashMap<String, Double>(process(target, system, last));
            if (target.metrics().isPresent()) {
                readings.putAll(scraper.read(target.metrics().get()));
            }
            return readings;
        };
    }

    private Map<String, Double> process(Target target, OperatingSystem system, List<ProcessReadings> last) {
        var process = world.processes().apply(target.name());
        last.removeIf(before -> !process.equals(Optional.of(before.process())));
        if (last.isEmpty()) {
            process.ifPresent(now -> last.add(new ProcessReadings(system, now)));
        }
        return last.isEmpty() ? Map.of() : last.getFirst().now();
    }

    private void every(String name, Supplier<Readings> readings) {
        var thread = Thread.ofVirtual().name("sample-" + name).unstarted(() -> loop(name, readings));
        threads.add(thread);
        thread.start();
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
}
