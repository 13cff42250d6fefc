package io.ordeal.campaign.cli;

import io.ordeal.campaign.run.ChaosDesk;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.campaign.run.RunId;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.objective.Quantity;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `ordeal chaos`: faults by hand.
@Command(
        name = "chaos",
        description = "Injects and clears faults by hand, and shows what injectors may do and are doing.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "inject|clear|targets|status")
final class ChaosCommand {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Option(
            names = "--run",
            scope = ScopeType.INHERIT,
            defaultValue = "manual",
            description = "The run that the faults belong to (default: ${DEFAULT-VALUE}).")
    private String run = "manual";

    @Command(
            name = "inject",
            description = "Injects one fault and waits until the injector says that it acts, or why not.",
            mixinStandardHelpOptions = true)
    int inject(
            @Mixin ClusterOptions cluster,
            @Parameters(
                            index = "0",
                            paramLabel = "KIND",
                            description = "latency, partition, reset, bandwidth, kill, pause, cpu")
                    String kind,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "NAME=VALUE",
                            description = "Parameters with their units, for instance latency=500ms jitter=100ms")
                    @Nullable
                    Map<String, String> parameters,
            @Option(names = "--on", required = true, paramLabel = "TARGET", description = "A target's name.")
                    String target,
            @Option(names = "--for", required = true, paramLabel = "TIME", description = "How long, for instance 10s.")
                    String duration,
            @Option(names = "--id", paramLabel = "ID", description = "The fault's id (default: a new one).") @Nullable
                    String id,
            @Option(
                            names = "--fraction",
                            defaultValue = "1",
                            description = "The part of connections that is affected (default: ${DEFAULT-VALUE}).")
                    double fraction) {
        Logs.quiet();
        var length = duration(duration);
        var fault = Optional.ofNullable(id).orElseGet(() -> "F-" + RunId.next(new SecureRandom()));
        var asked = new FaultSpec(
                fault, kind, target, Optional.ofNullable(parameters).orElse(Map.of()), length, fraction, Duration.ZERO);
        try (var connection = cluster.connect();
                var desk = ChaosDesk.open(connection, run)) {
            return tell(desk.inject(asked));
        }
    }

    @Command(
            name = "clear",
            description = "Clears one fault, or with --all every fault of every run on every injector.",
            mixinStandardHelpOptions = true)
    int clear(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", arity = "0..1", paramLabel = "FAULT", description = "The fault's id.") @Nullable
                    String fault,
            @Option(names = "--all", description = "The one lever.") boolean all) {
        Logs.quiet();
        if ((fault == null) == !all) {
            throw new ParameterException(commandSpec().commandLine(), "name one fault, or say --all");
        }
        try (var connection = cluster.connect();
                var desk = ChaosDesk.open(connection, run)) {
            return tell(fault == null ? desk.clearAll() : desk.clear(fault));
        }
    }

    @Command(
            name = "targets",
            description = "Shows the targets of the injectors with the kinds that are possible and allowed there.",
            mixinStandardHelpOptions = true)
    int targets(@Mixin ClusterOptions cluster) {
        Logs.quiet();
        return show(cluster, ChaosDesk::targets);
    }

    @Command(
            name = "status",
            description = "Shows the injectors that are alive and the faults in force.",
            mixinStandardHelpOptions = true)
    int status(@Mixin ClusterOptions cluster) {
        Logs.quiet();
        return show(cluster, ChaosDesk::status);
    }

    private int show(ClusterOptions cluster, java.util.function.Function<Cluster, Iterable<String>> what) {
        var out = commandSpec().commandLine().getOut();
        try (var connection = cluster.connect()) {
            what.apply(connection).forEach(out::println);
        }
        return 0;
    }

    private int tell(ChaosDesk.Answer answer) {
        var out = commandSpec().commandLine().getOut();
        answer.lines().forEach(out::println);
        return answer.done() ? ExitCode.PASS.code() : ExitCode.ERROR.code();
    }

    private Duration duration(String text) {
        return Quantity.parse(text)
                .flatMap(Quantity::duration)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new ParameterException(
                        commandSpec().commandLine(), "`--for " + text + "` is no time; write for instance 10s"));
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec;
    }
}
