package io.ordeal.campaign.cli;

import io.ordeal.campaign.document.FaultFile;
import io.ordeal.campaign.run.ChaosDesk;
import io.ordeal.campaign.run.RunId;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.objective.Quantity;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal chaos inject`: one fault, or a ready one by its id.
@Command(
        name = "inject",
        description = "Injects a fault and waits until the injector says that it acts, or why not.",
        mixinStandardHelpOptions = true)
final class ChaosInjectCommand implements Callable<Integer> {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(4);

    @Spec
    @Nullable
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(
            index = "0",
            paramLabel = "FAULT",
            description = "A kind (`ordeal chaos kinds`), a ready fault's id (`ordeal chaos list`) or a .yaml file.")
    private String what = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description = "Parameters with their units, for instance latency=500ms jitter=100ms")
    private Map<String, String> parameters = new HashMap<>();

    @Option(
            names = "--on",
            paramLabel = "TARGET",
            description = "A target's name; NAME=TARGET for what a ready fault calls NAME.")
    private List<String> on = new ArrayList<>();

    @Option(names = "--for", paramLabel = "TIME", description = "How long, for instance 10s; a ready fault knows.")
    @Nullable
    private String duration;

    @Option(names = "--id", paramLabel = "ID", description = "The fault's id (default: a new one).")
    @Nullable
    private String id;

    @Option(names = "--run", description = "The run that the fault belongs to (default: manual; with --lease its own).")
    @Nullable
    private String run;

    @Option(names = "--fraction", paramLabel = "PART", description = "The part of connections or members, up to 1.")
    @Nullable
    private Double fraction;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            description = "Stay and renew; the fault ends with this command, however that ends, after this time.")
    @Nullable
    private String lease;

    @Option(names = "--dry-run", description = "Only say what would be done, step by step.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet();
        var renewed = time("--lease", lease);
        if (renewed.filter(length -> length.compareTo(SHORTEST_LEASE) < 0).isPresent()) {
            throw wrong("a lease is at least " + SHORTEST_LEASE.toSeconds() + "s, so that renewals are in time");
        }
        var wish = wish();
        var asked = specs(wish, renewed);
        var of = Optional.ofNullable(run)
                .orElseGet(() -> renewed.isPresent() ? "manual-" + fresh() : ChaosCommand.MANUAL);
        try (var connection = cluster.connect();
                var desk = ChaosDesk.open(connection, of)) {
            if (dryRun) {
                return rehearse(desk, asked);
            }
            boolean done = inject(desk, wish, asked, renewed);
            return done ? ExitCode.PASS.code() : ExitCode.ERROR.code();
        }
    }

    private int rehearse(ChaosDesk desk, List<FaultSpec> asked) {
        boolean good = true;
        for (var fault : asked) {
            good &= tell(desk.rehearse(fault));
        }
        return good ? ExitCode.PASS.code() : ExitCode.ERROR.code();
    }

    private boolean inject(ChaosDesk desk, Wish wish, List<FaultSpec> asked, Optional<Duration> renewed)
            throws InterruptedException {
        var enough = new AtomicBoolean();
        if (renewed.isEmpty()) {
            return inject(desk, wish, asked, enough).size() == asked.size();
        }
        try (var _ = Interruption.watch(() -> enough.set(true))) {
            var inForce = inject(desk, wish, asked, enough);
            boolean all = inForce.size() == asked.size();
            if (all) {
                say("held for as long as this command runs; Ctrl-C ends it");
            }
            return tell(desk.hold(inForce, renewed.get(), () -> enough.get() || !all)) && all;
        }
    }

    /// Returns the ids of those that are in force; the first that is not ends it.
    private Set<String> inject(ChaosDesk desk, Wish wish, List<FaultSpec> asked, AtomicBoolean enough)
            throws InterruptedException {
        var inForce = new LinkedHashSet<String>();
        long begun = System.nanoTime();
        for (int i = 0; i < asked.size() && inForce.size() == i && !enough.get(); i++) {
            await(begun, wish.parts().get(i).at(), enough);
            if (tell(desk.inject(asked.get(i)))) {
                inForce.add(asked.get(i).id());
            }
        }
        if (!wish.expect().isEmpty() && inForce.size() == asked.size()) {
            say("expected: " + wish.expect());
        }
        return inForce;
    }

    private static void await(long begun, Duration at, AtomicBoolean enough) throws InterruptedException {
        while (System.nanoTime() - begun < at.toNanos() && !enough.get()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Wish wish() {
        try {
            return Wish.read(what, parameters, time("--for", duration), Optional.ofNullable(fraction));
        } catch (Wish.Unclear e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private List<FaultSpec> specs(Wish wish, Optional<Duration> renewed) {
        var name = Optional.ofNullable(id).orElseGet(() -> wish.name() + "-" + fresh());
        var specs = new ArrayList<FaultSpec>();
        for (var part : wish.parts()) {
            var own = wish.parts().size() == 1 ? name : name + "-" + (specs.size() + 1);
            var fault = part.spec(own, target(part));
            specs.add(renewed.map(fault::leased).orElse(fault));
        }
        return specs;
    }

    /// The target that is meant by name, then the one that is meant for all, then the one in the file.
    private String target(FaultFile.Part part) {
        var named = part.target()
                .flatMap(name -> on.stream()
                        .filter(text -> text.startsWith(name + "="))
                        .map(text -> text.substring(name.length() + 1))
                        .findFirst());
        return named.or(() -> part.target().isPresent()
                        ? part.target()
                        : on.stream().filter(text -> text.indexOf('=') < 0).findFirst())
                .orElseThrow(() -> wrong("say where: --on TARGET (`ordeal chaos targets` shows them)"));
    }

    private boolean tell(ChaosDesk.Answer answer) {
        answer.lines().forEach(this::say);
        return answer.done();
    }

    private void say(String line) {
        commandSpec().commandLine().getOut().println(line);
        commandSpec().commandLine().getOut().flush();
    }

    private Optional<Duration> time(String option, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> Quantity.parse(given)
                        .flatMap(Quantity::duration)
                        .filter(Duration::isPositive)
                        .orElseThrow(() -> wrong("`" + option + " " + given + "` is no time; write for instance 10s")));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec;
    }

    static String fresh() {
        return RunId.next(new SecureRandom());
    }
}
