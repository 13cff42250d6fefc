package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.Observations;
import io.ordeal.campaign.run.RunId;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// A guard that trips, by what the topics say and when.
class GuardIT {
    /// The goal is two seconds; a busy machine closes windows late.
    private static final Duration BOUND = Duration.ofSeconds(15);

    @Test
    void stopsFaultsThenLoadSoonAfterTheWindowThatWasTooMuch() throws Exception {
        var plan = Campaigns.plan("""
            name: guarded
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7, name: item, timeout: 1s}]}
            phases:
              - {name: steady, rate: 50/s, for: 60s}
            faults:
              - {id: cut, kind: reset, on: sample-service, at: 2s, for: 50s}
            objectives:
              - p95 < 1s
            guards:
              - p99 < 30s for 5s
              - errors of read/item < 1% burns < 20 over 3s
            """);
        var id = RunId.next(new SecureRandom());
        var address = SharedStack.stack().proxy(SharedStack.TARGET);
        try (var runner = new CampaignRunner(
                plan, id, address, address.resolve("/health"), SharedStack.cluster(), Clock.systemUTC())) {
            var end = runner.run();
            assertThat(end.reason()).isEqualTo(FinishReason.GUARD);
            assertThat(end.detail())
                    .startsWith("guard `errors of read/item < 1% burns < 20 over 3s` did not hold: burn rate ");
            assertThat(end.troubles()).isEmpty();
            var commands = commands(id);
            var cleared = first(commands, command -> command.action() instanceof Command.ClearFault);
            var aborted = first(commands, command -> command.action() instanceof Command.AbortRun);
            var reverted = at(runner.observations(), LifecycleEvent.FaultReverted.class);
            var stopped = at(runner.observations(), LifecycleEvent.SegmentFinished.class);
            assertThat(List.of(cleared, reverted, stopped)).isSorted();
            assertThat(cleared).isBefore(aborted);
            assertThat(aborted).isBefore(stopped);

            var window = tripped(runner.observations(), cleared);
            var faults = Duration.between(window, cleared);
            var load = Duration.between(window, aborted);
            System.out.printf(
                    "after the end of the window: faults cleared by %d ms, reverted by %d ms, load stopped by %d ms%n",
                    faults.toMillis(), Duration.between(window, reverted).toMillis(), load.toMillis());
            assertThat(faults).isBetween(Duration.ZERO, BOUND);
            assertThat(load).isBetween(Duration.ZERO, BOUND);
        }
    }

    /// Returns the end of the window that the guard saw last: the last one with errors that was over by then.
    private static Instant tripped(Observations seen, Instant cleared) {
        return seen.windows().stream()
                .filter(window -> window.counts().ok() == 0 || window.counts().reset() > 0)
                .map(GuardIT::end)
                .filter(end -> end.isBefore(cleared))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant end(WindowSummary window) {
        return window.start().plus(window.length());
    }

    private static Instant at(Observations seen, Class<? extends LifecycleEvent.Event> type) {
        return seen.events().stream()
                .filter(event -> type.isInstance(event.event()))
                .map(LifecycleEvent::at)
                .findFirst()
                .orElseThrow();
    }

    private static Instant first(List<Command> commands, Predicate<Command> which) {
        return commands.stream()
                .filter(which)
                .map(Command::issuedAt)
                .findFirst()
                .orElseThrow();
    }

    private static List<Command> commands(String run) {
        var cluster = SharedStack.cluster();
        var found = new ConcurrentLinkedQueue<Command>();
        try (var letters = DeadLetters.open(cluster.settings());
                var loop = RecordLoop.start(
                        "commands",
                        cluster.settings(),
                        cluster.wire(),
                        Topic.CONTROL,
                        Command.class,
                        new RecordLoop.Beginning(),
                        received -> found.add(received.value()),
                        letters)) {
            assertThat(loop.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        }
        return found.stream().filter(command -> command.run().equals(run)).toList();
    }
}
