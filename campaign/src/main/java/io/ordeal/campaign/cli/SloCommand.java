package io.ordeal.campaign.cli;

import io.ordeal.campaign.openslo.SloYaml;
import io.ordeal.campaign.read.OpenSloReader;
import io.ordeal.campaign.read.OpenSloReader.Imported;
import io.ordeal.campaign.read.ProblemText;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.runtime.ExitCode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal slo`: objectives from and to OpenSLO v1.
@Command(
        name = "slo",
        description = "Turns OpenSLO v1 documents into objectives, and objectives into OpenSLO v1 documents.",
        subcommands = {SloCommand.Import.class, SloCommand.Export.class},
        mixinStandardHelpOptions = true)
final class SloCommand {
    /// `ordeal slo import`.
    @Command(
            name = "import",
            description = "Prints the objectives of OpenSLO documents as YAML for a campaign. Every problem is reported"
                    + " with its line.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Spec
        @Nullable
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents; SLOs may refer to SLIs of others.")
        private List<Path> files = List.of();

        @Mixin
        private TerminalOptions terminal = new TerminalOptions();

        @Override
        public Integer call() {
            var command = command(spec);
            var texts = new LinkedHashMap<String, String>();
            files.forEach(file -> texts.put(file.toString(), text(file, command)));
            return switch (OpenSloReader.read(texts)) {
                case OpenSloReader.Result.Bad(var problems) -> {
                    var label = files.size() == 1 ? files.getFirst().toString() : files.size() + " files";
                    ProblemText.lines(problems, label, terminal.ink())
                            .forEach(command.commandLine().getErr()::println);
                    yield ExitCode.INVALID.code();
                }
                case OpenSloReader.Result.Good(var objectives) -> {
                    print(objectives, command);
                    yield ExitCode.PASS.code();
                }
            };
        }

        private static void print(List<Imported> objectives, CommandSpec command) {
            var expressions = new LinkedHashMap<String, String>();
            var out = command.commandLine().getOut();
            for (var objective : objectives) {
                var name = objective.name();
                for (int number = 2; expressions.containsKey(name); number++) {
                    name = objective.name() + " " + number;
                }
                expressions.put(name, objective.expression());
                var called = name;
                objective
                        .slo()
                        .aim()
                        .slice()
                        .ifPresent(slice -> out.println("# " + called + ": needs `window: "
                                + Figures.span(slice.window()).replace(" ", "").replace("min", "m")
                                + "`; no window may be out"));
            }
            out.print(expressions.isEmpty() ? "# no SLO\n" : SloYaml.objectives(expressions));
            out.flush();
        }
    }

    /// `ordeal slo export`.
    @Command(
            name = "export",
            description =
                    "Prints the objectives of a campaign as OpenSLO v1: a Service, and an SLO for each objective.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Spec
        @Nullable
        private CommandSpec spec;

        @Mixin
        private CampaignOptions campaign = new CampaignOptions();

        @Mixin
        private TerminalOptions terminal = new TerminalOptions();

        @Override
        public Integer call() {
            var command = command(spec).commandLine();
            return switch (campaign.load(terminal.ink())) {
                case CampaignOptions.Refused(var lines) -> {
                    lines.forEach(command.getErr()::println);
                    yield ExitCode.INVALID.code();
                }
                case CampaignOptions.Ready(var plan, var _) -> {
                    command.getOut()
                            .print(SloYaml.documents(
                                    plan.campaign().name(),
                                    plan.campaign().objectives(),
                                    plan.campaign().settings().window(),
                                    plan.duration()));
                    command.getOut().flush();
                    yield ExitCode.PASS.code();
                }
            };
        }
    }

    private static CommandSpec command(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec;
    }

    private static String text(Path file, CommandSpec command) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException _) {
            throw new ParameterException(command.commandLine(), file + " is not UTF-8 text");
        } catch (IOException _) {
            throw new ParameterException(command.commandLine(), "there is no readable file `" + file + "`");
        }
    }
}
