package io.ordeal.benchmarks;

import io.ordeal.campaign.stack.EmbeddedStack;
import io.ordeal.campaign.stack.StackOptions;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.runtime.kafka.Wire;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// From a command until the fault acts, until its effect is confirmed, and from the command to end it until it is seen
/// to be gone, on the embedded stack.
public final class ChaosSpeed {
    private static final String TARGET = "sample-service";
    private static final int WARM_UP = 5;
    private static final double GOAL_MILLIS = 100;

    private final Publisher<Command> control;
    private final LinkedBlockingQueue<LifecycleEvent> events;

    private ChaosSpeed(Publisher<Command> control, LinkedBlockingQueue<LifecycleEvent> events) {
        this.control = control;
        this.events = events;
    }

    /// Injects as many faults of each kind as the argument says, 50 where there is none.
    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        var events = new LinkedBlockingQueue<LifecycleEvent>();
        try (var stack = EmbeddedStack.start(StackOptions.bare(1).withSampleService(TARGET));
                var wire = Wire.open(stack.kafka(), Duration.ofSeconds(20));
                var letters = DeadLetters.open(stack.kafka());
                var _ = RecordLoop.start(
                        "answers",
                        stack.kafka(),
                        wire,
                        Topic.LIFECYCLE,
                        LifecycleEvent.class,
                        new RecordLoop.End(),
                        received -> events.add(received.value()),
                        letters);
                var control = Publisher.open(stack.kafka(), wire, Topic.CONTROL, Command.class)) {
            var speed = new ChaosSpeed(control, events);
            speed.measure("latency", Map.of("latency", "5ms"), rounds);
            speed.measure("pause", Map.of(), rounds);
        }
        System.exit(0);
    }

    private void measure(String kind, Map<String, String> parameters, int rounds) throws InterruptedException {
        var acts = new double[rounds];
        var confirms = new double[rounds];
        var clears = new double[rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            var id = kind + "-" + (i + WARM_UP);
            var asked = send(new Command.InjectFault(
                    new FaultSpec(id, kind, TARGET, parameters, Duration.ofMinutes(1), 1, Duration.ZERO)));
            var applied = await(event ->
                    event.event() instanceof FaultApplied found && found.fault().equals(id));
            var cleared = send(new Command.ClearFault(id, "benchmark"));
            var reverted = await(event -> event.event() instanceof FaultReverted found
                    && found.fault().equals(id));
            if (i >= 0 && applied.event() instanceof FaultApplied fault) {
                acts[i] = millis(asked, fault.actedAt());
                confirms[i] = millis(asked, applied.at());
                clears[i] = millis(cleared, reverted.at());
            }
        }
        print(kind + ": command until it acts", acts);
        Goal.atMost(kind + ": command until it acts, p99, ms", GOAL_MILLIS, quantile(acts, 0.99));
        print(kind + ": command until confirmed", confirms);
        print(kind + ": command until clear", clears);
    }

    private Instant send(Command.Action action) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var id = "speed-" + System.nanoTime();
        control.publish("speed", new Command(id, "speed", now, Optional.empty(), "benchmark", action))
                .join();
        return now;
    }

    private LifecycleEvent await(Predicate<LifecycleEvent> wanted) throws InterruptedException {
        while (true) {
            var event = Optional.ofNullable(events.poll(30, TimeUnit.SECONDS))
                    .orElseThrow(() -> new IllegalStateException("the injector does not answer"));
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private static double millis(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to) / 1000.0;
    }

    private static void print(String what, double[] millis) {
        System.out.printf(
                "%-45s p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms%n",
                what, quantile(millis, 0.5), quantile(millis, 0.99), quantile(millis, 1));
    }

    private static double quantile(double[] values, double part) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
