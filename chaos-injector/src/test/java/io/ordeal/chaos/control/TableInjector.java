package io.ordeal.chaos.control;

import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// An injector without a broker that obeys lines: `inject ID KIND TARGET NAME=VALUE...` and `clear ID`; it answers with
/// lines. Meant to be killed.
public final class TableInjector {
    private static final Duration LONG = Duration.ofMinutes(2);

    private TableInjector() {}

    /// Runs until it is killed, or its input ends.
    ///
    /// @param args the state folder and the configuration
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var journal = Journal.open(folder, Instant.now());
        for (var fact : Recovery.run(journal)) {
            say(fact.event());
            if (fact.settled()) {
                journal.strike(fact.entry());
            }
        }
        System.out.println("recovered");
        try (var guard = Guard.start(folder)) {
            var configuration = InjectorConfiguration.parse("table.yaml", Files.readString(Path.of(args[1])));
            var targets = Targets.start(configuration, folder, journal, InstantSource.system());
            var metrics = new FaultMetrics(new PrometheusRegistry());
            var world =
                    new Controller.World(targets, journal, new Spoken(), metrics, guard::alive, InstantSource.system());
            try (targets;
                    var controller = new Controller(configuration, world)) {
                while (!targets.ready()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                System.out.println("ready " + guard.pid());
                obey(controller);
            }
        }
        System.exit(0);
    }

    private static void obey(Controller controller) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ", -1);
            controller.command(
                    words[0].equals("inject")
                            ? Commands.inject(words[1], words[2], words[3], LONG, parameters(words))
                            : Commands.command(new Command.ClearFault(words[1], "table")));
        }
    }

    private static Map<String, String> parameters(String... words) {
        var parameters = new HashMap<String, String>();
        Arrays.stream(words, 4, words.length)
                .map(word -> word.split("=", 2))
                .forEach(pair -> parameters.put(pair[0], pair[1]));
        return parameters;
    }

    private static void say(LifecycleEvent.Event event) {
        var line = switch (event) {
            case FaultApplied applied -> "applied " + applied.fault() + " " + new TreeMap<>(applied.evidence());
            case FaultReverted reverted ->
                "reverted " + reverted.fault() + " " + reverted.cause() + " " + new TreeMap<>(reverted.evidence());
            case FaultFailed failed -> "failed " + failed.fault() + " " + failed.reason();
            case FaultRejected rejected -> "rejected " + rejected.fault() + " " + rejected.reasons();
            default -> "";
        };
        if (!line.isEmpty()) {
            System.out.println(line.replace('\n', ' '));
        }
    }

    /// An outlet that prints what tests look for, and hears itself.
    private static final class Spoken implements Outlet {
        @Override
        public void say(String run, Instant at, LifecycleEvent.Event event) {
            TableInjector.say(event);
        }

        @Override
        public long heardAt() {
            return System.nanoTime();
        }
    }
}
