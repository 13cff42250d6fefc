package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultReader;
import io.ordeal.chaos.fault.Reading;
import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.schemas.control.FaultSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// An injector without a broker that holds faults until it is killed: its folder, its configuration, and each fault as
/// `kind target name=value…`.
final class HoldingInjector {
    private HoldingInjector() {}

    /// Says `applied` on standard output once all are seen.
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var configuration = InjectorConfiguration.parse("holding.yaml", Files.readString(Path.of(args[1])));
        var journal = Journal.open(folder, Instant.now());
        try (var guard = Guard.start(folder);
                var targets = Targets.start(configuration, folder, journal, InstantSource.system())) {
            for (int n = 2; n < args.length && guard.alive(); n++) {
                var injection = targets.prepare(plan(configuration, "f" + n, args[n]), 1);
                journal.open("f" + n, injection.undo());
                injection.act();
                System.out.println(args[n] + ": " + injection.see());
            }
            System.out.println("applied");
            new CountDownLatch(1).await();
        }
    }

    private static FaultPlan plan(InjectorConfiguration configuration, String id, String text) {
        var words = text.split(" ", -1);
        Map<String, String> parameters = Arrays.stream(words)
                .skip(2)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        var minute = Duration.ofMinutes(1);
        var spec = new FaultSpec(id, words[0], words[1], parameters, minute, 1, Duration.ZERO);
        return switch (new FaultReader(configuration).read(spec)) {
            case Reading.Valid(var facet, var fault) ->
                new FaultPlan(new FaultKey("run", id), id, words[1], facet, fault, minute, Optional.empty());
            case Reading.Invalid(var reasons) -> throw new IllegalArgumentException(reasons.toString());
        };
    }
}
