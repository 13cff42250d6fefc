package io.ordeal.campaign.cli;

import io.ordeal.campaign.run.ChaosDesk;
import io.ordeal.campaign.run.ChaosView;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.runtime.ExitCode;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal chaos`: faults by hand.
@Command(
        name = "chaos",
        description = "Injects and clears faults by hand, and shows what injectors may do and are doing.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "inject|clear|targets|status|list|kinds",
        subcommands = {ChaosInjectCommand.class, ChaosListCommand.class, ChaosKindsCommand.class})
final class ChaosCommand {
    /// The run of faults that belong to none.
    static final String MANUAL = "manual";

    @Spec
    @Nullable
    private CommandSpec spec;

    @Command(
            name = "clear",
            description = "Clears one fault, or with --all every fault of every run on every injector.",
            mixinStandardHelpOptions = true)
    int clear(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", arity = "0..1", paramLabel = "FAULT", description = "The fault's id.") @Nullable
                    String fault,
            @Option(names = "--run", description = "Its run (default: the one in which it is in force).") @Nullable
                    String run,
            @Option(names = "--all", description = "The one lever.") boolean all) {
        Logs.quiet();
        if ((fault == null) == !all) {
            throw new ParameterException(commandSpec().commandLine(), "name one fault, or say --all");
        }
        try (var connection = cluster.connect()) {
            return fault == null ? clearAll(connection) : clear(connection, fault, Optional.ofNullable(run));
        }
    }

    private int clearAll(Cluster connection) {
        try (var desk = ChaosDesk.open(connection, "lever-" + ChaosInjectCommand.fresh())) {
            return tell(desk.clearAll());
        }
    }

    private int clear(Cluster connection, String fault, Optional<String> run) {
        var of = run.or(() -> ChaosView.runOf(connection, fault)).orElse(MANUAL);
        try (var desk = ChaosDesk.open(connection, of)) {
            return tell(desk.clear(fault));
        }
    }

    @Command(
            name = "targets",
            description = "Shows the targets of the injectors, the kinds that are possible and allowed there, and why"
                    + " others are not possible.",
            mixinStandardHelpOptions = true)
    int targets(@Mixin ClusterOptions cluster) {
        Logs.quiet();
        return show(cluster, ChaosView::targets);
    }

    @Command(
            name = "status",
            description = "Shows the injectors that are alive and the faults in force, with what was measured.",
            mixinStandardHelpOptions = true)
    int status(@Mixin ClusterOptions cluster) {
        Logs.quiet();
        return show(cluster, ChaosView::status);
    }

    private int show(ClusterOptions cluster, Function<Cluster, Iterable<String>> what) {
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

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec;
    }
}
