package io.ordeal.campaign.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.campaign.run.LoadDesk;
import io.ordeal.campaign.run.RunUnderWay;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.control.Command.Action;
import io.ordeal.schemas.control.Command.AdjustLoad;
import io.ordeal.schemas.control.Command.PauseLoad;
import io.ordeal.schemas.control.Command.ResumeLoad;
import io.ordeal.schemas.control.Command.StopLoad;
import io.ordeal.schemas.objective.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `ordeal load`: the load of a run under way, by hand.
@Command(
        name = "load",
        description = "Changes the load of a run under way, and shows it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "rate|users|pause|resume|stop|status")
final class LoadCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double MOST = 1e7;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Option(
            names = "--run",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "The run (default: the only one under way).")
    @Nullable
    private String run;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document instead of lines.")
    private boolean json;

    @Command(
            name = "rate",
            description = "Sets the rate of the phase under way, until its end.",
            mixinStandardHelpOptions = true)
    int rate(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", paramLabel = "RATE", description = "Iterations, for instance 500/s or 90/m.")
                    String rate,
            @Option(names = "--scenario", paramLabel = "NAME", description = "The scenario with a load of its own.")
                    @Nullable
                    String scenario) {
        var value = Quantity.parse(rate).flatMap(Quantity::perSecond).filter(number -> number <= MOST);
        var wanted = value.orElseThrow(() -> wrong("`" + rate + "` is no rate; write for instance 500/s"));
        return ask(cluster, new AdjustLoad(Optional.of(wanted), Optional.empty(), Optional.ofNullable(scenario)));
    }

    @Command(
            name = "users",
            description = "Sets the number of users of the phase under way, until its end.",
            mixinStandardHelpOptions = true)
    int users(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", paramLabel = "USERS", description = "For instance 50.") String users,
            @Option(names = "--scenario", paramLabel = "NAME", description = "The scenario with a load of its own.")
                    @Nullable
                    String scenario) {
        var value = Quantity.parse(users)
                .filter(quantity -> quantity.unit().isEmpty() && quantity.number() <= MOST)
                .map(Quantity::number)
                .filter(number -> number == Math.rint(number));
        var wanted = value.orElseThrow(() -> wrong("`" + users + "` is no number of users; write for instance 50"));
        return ask(cluster, new AdjustLoad(Optional.empty(), Optional.of(wanted), Optional.ofNullable(scenario)));
    }

    @Command(
            name = "pause",
            description = "Holds new iterations back; what is due meanwhile is counted as dropped.",
            mixinStandardHelpOptions = true)
    int pause(@Mixin ClusterOptions cluster) {
        return ask(cluster, new PauseLoad());
    }

    @Command(name = "resume", description = "Ends a pause.", mixinStandardHelpOptions = true)
    int resume(@Mixin ClusterOptions cluster) {
        return ask(cluster, new ResumeLoad());
    }

    @Command(
            name = "stop",
            description = "Ends the load for good; the run is judged over what ran.",
            mixinStandardHelpOptions = true)
    int stop(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "by hand",
                            description = "Shown in events and reports (default: ${DEFAULT-VALUE}).")
                    String reason) {
        return ask(cluster, new StopLoad(reason));
    }

    @Command(
            name = "status",
            description = "Shows the runs under way with their load.",
            mixinStandardHelpOptions = true)
    int status(@Mixin ClusterOptions cluster) {
        Logs.quiet();
        try (var connection = cluster.connect()) {
            var runs = RunUnderWay.withLoad(connection).stream()
                    .filter(one -> run == null || one.id().equals(run))
                    .toList();
            if (json) {
                print(runs.stream().map(LoadCommand::fields).toList());
            } else {
                (runs.isEmpty()
                                ? List.of("no run is under way")
                                : runs.stream().map(LoadCommand::line).toList())
                        .forEach(commandSpec().commandLine().getOut()::println);
            }
        }
        return ExitCode.PASS.code();
    }

    private int ask(ClusterOptions cluster, Action action) {
        Logs.quiet();
        try (var connection = cluster.connect();
                var desk = LoadDesk.open(connection, run(connection), PATIENCE)) {
            return tell(desk.ask(action));
        }
    }

    private RunUnderWay run(Cluster cluster) {
        var runs = RunUnderWay.all(cluster);
        var meant =
                runs.stream().filter(one -> run == null || one.id().equals(run)).toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        var known = runs.isEmpty()
                ? "no run is under way on this cluster"
                : "under way: " + runs.stream().map(RunUnderWay::id).collect(Collectors.joining(", "));
        throw new IllegalStateException(
                run != null
                        ? "run `" + run + "` is not under way; " + known
                        : meant.isEmpty() ? known : "say which run with --run; " + known);
    }

    private int tell(LoadDesk.Answer answer) {
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("command", answer.command());
            document.put("done", answer.complete());
            document.put("answers", answer.done());
            document.put("refused", answer.refused());
            document.put("silent", answer.silent());
            print(document);
        } else {
            answer.lines(PATIENCE).forEach(commandSpec().commandLine().getOut()::println);
        }
        return answer.complete() ? ExitCode.PASS.code() : ExitCode.ERROR.code();
    }

    private static String line(RunUnderWay run) {
        var load = run.load()
                .map(now -> "%.0f/s asked for, %d users, %d requests in flight%s"
                        .formatted(
                                now.rate(),
                                now.users(),
                                now.inFlight(),
                                now.saturated().isEmpty() ? "" : "; saturated: " + String.join("; ", now.saturated())))
                .orElse("its generators say nothing");
        return "%s %s: %s (%s)".formatted(run.id(), run.campaign(), load, String.join(", ", run.generators()));
    }

    private static Map<String, Object> fields(RunUnderWay run) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", run.id());
        fields.put("campaign", run.campaign());
        fields.put("since", run.since().toString());
        fields.put("generators", run.generators());
        run.load().ifPresent(load -> {
            fields.put("rate", load.rate());
            fields.put("users", load.users());
            fields.put("inFlight", load.inFlight());
            fields.put("saturated", load.saturated());
        });
        return fields;
    }

    private void print(Object document) {
        try {
            commandSpec().commandLine().getOut().println(JSON.writeValueAsString(document));
        } catch (IOException e) {
            throw new IllegalStateException("what was found is no JSON", e);
        }
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
}
