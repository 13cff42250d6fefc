package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.table.ProcessFixture;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every fault on processes, asked for by a command: applied, seen, taken back, and nothing is left.
class ProcessFixtureTest {
    @TempDir
    private Path folder;

    @Test
    void everyFaultIsAppliedAndGone() throws Exception {
        var heard = new Heard();
        try (var fixture = new ProcessFixture(Files.createDirectory(folder.resolve("fixture")));
                var journal = Journal.open(folder, Instant.now())) {
            var configuration = InjectorConfiguration.parse("test.yaml", "targets:\n" + fixture.targets());
            try (var targets = Targets.start(configuration, folder, journal, InstantSource.system());
                    var controller = new Controller(
                            configuration,
                            new Controller.World(
                                    targets,
                                    journal,
                                    heard,
                                    new FaultMetrics(new PrometheusRegistry()),
                                    () -> true,
                                    InstantSource.system()))) {
                Awaitility.await().until(targets::ready);
                int number = 0;
                for (var asked : fixture.faults()) {
                    number++;
                    var parameters = new HashMap<>(asked.parameters());
                    parameters.put("via", asked.facet().published());
                    controller.command(Commands.inject(
                            "f-" + number,
                            asked.kind().published(),
                            asked.target(),
                            Duration.ofMinutes(1),
                            parameters));
                    int count = number;
                    Awaitility.await(asked + " in " + heard.facts())
                            .atMost(Duration.ofSeconds(20))
                            .until(() -> count(heard, FaultApplied.class) == count
                                    || count(heard, FaultFailed.class) + count(heard, FaultRejected.class) > 0);
                    controller.command(Commands.command(new Command.ClearAllFaults("enough")));
                    assertThat(heard.facts())
                            .as(asked.toString())
                            .noneMatch(fact -> fact instanceof FaultFailed || fact instanceof FaultRejected);
                    Awaitility.await(asked + " is taken back")
                            .atMost(Duration.ofSeconds(20))
                            .until(() ->
                                    count(heard, FaultReverted.class) == count || count(heard, FaultFailed.class) > 0);
                    assertThat(heard.facts()).as(asked.toString()).noneMatch(FaultFailed.class::isInstance);
                    assertThat(fixture.left()).as(asked.toString()).isEqualTo(Optional.empty());
                }
            }
        }
    }

    private static long count(Heard heard, Class<?> type) {
        return heard.facts().stream().filter(type::isInstance).count();
    }
}
