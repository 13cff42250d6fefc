package io.ordeal.chaos.control;

import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// An injector without a broker that pauses one process and loads the processor until it is killed.
final class SmallInjector {
    private SmallInjector() {}

    /// Says `applied` and the pid of its guard on standard output once both faults are in force.
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var journal = Journal.open(folder, Instant.now());
        var facts = Recovery.run(journal);
        facts.forEach(fact -> System.out.println("recovered " + fact.event()));
        try (var guard = Guard.start(folder)) {
            var configuration = InjectorConfiguration.parse("small.yaml", Files.readString(Path.of(args[1])));
            var targets = Targets.start(configuration, folder, journal, InstantSource.system());
            var heard = new Heard();
            var metrics = new FaultMetrics(new PrometheusRegistry());
            var world = new Controller.World(targets, journal, heard, metrics, guard::alive, InstantSource.system());
            var controller = new Controller(configuration, world);
            var minute = Duration.ofMinutes(1);
            controller.command(Commands.inject("p", "pause", "paused", minute, Map.of()));
            controller.command(Commands.inject("c", "cpu", "host", minute, Map.of("load", "10%", "cores", "1")));
            heard.await(FaultApplied.class, 2);
            System.out.println("applied " + guard.pid());
            new CountDownLatch(1).await();
        }
    }
}
