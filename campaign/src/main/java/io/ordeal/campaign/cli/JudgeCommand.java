package io.ordeal.campaign.cli;

import io.ordeal.aggregator.audit.Auditor;
import io.ordeal.aggregator.audit.Results;
import io.ordeal.campaign.audit.RunArchive;
import io.ordeal.campaign.read.ObjectivesReader;
import io.ordeal.campaign.read.ProblemText;
import io.ordeal.campaign.report.VerdictLines;
import io.ordeal.campaign.screen.Summary;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal judge`: judges a finished run by other objectives.
@Command(
        name = "judge",
        description = {
            "Judges a finished run anew, by other objectives. What was told of it stays as it is.",
            "Without --bootstrap-servers it asks the cluster of the run that is under way from this folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS",
            "99:an objective FAILED",
            "111:INCONCLUSIVE, or records of the run are gone",
            "104:no such run, or invalid objectives or options"
        },
        mixinStandardHelpOptions = true)
final class JudgeCommand implements Callable<Integer> {
    private static final String VERDICTS = "verdicts.jsonl";

    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The id of the run.")
    private String run = "";

    @Option(
            names = "--objectives",
            required = true,
            paramLabel = "FILE",
            description = "A campaign, or a YAML list of objectives.")
    private Path objectives = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "A folder for " + VERDICTS + ".")
    @Nullable
    private Path out;

    @Option(names = "--json", description = "Print the verdict on the run as one JSON object instead.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private TerminalOptions terminal = new TerminalOptions();

    @Override
    public Integer call() throws IOException {
        Logs.quiet();
        var text = text();
        try (var connected = cluster.connect()) {
            var archive = RunArchive.read(connected, run);
            if (archive.isEmpty()) {
                command().getErr().println("ordeal: no run `" + run + "` is known there");
                return ExitCode.INVALID.code();
            }
            var read = ObjectivesReader.read(
                    objectives.toString(),
                    text,
                    archive.get().records().objectives(),
                    archive.get().told().windows());
            return switch (read) {
                case ObjectivesReader.Refused(var problems) -> {
                    ProblemText.lines(problems, objectives.toString(), terminal.ink())
                            .forEach(command().getErr()::println);
                    yield ExitCode.INVALID.code();
                }
                case ObjectivesReader.Accepted(var accepted) -> judge(archive.get(), accepted);
            };
        }
    }

    private int judge(RunArchive archive, RunObjectives accepted) throws IOException {
        if (!archive.gone().isEmpty()) {
            command().getErr().println("ordeal: records of the run are gone, so it cannot be judged anew:");
            archive.gone().forEach(what -> command().getErr().println("  " + what));
            return ExitCode.INCONCLUSIVE.code();
        }
        var results = Auditor.recompute(archive.records().judgedBy(accepted), archive.told());
        var verdict = (RunVerdict) results.verdicts().getLast().verdict();
        print(results, verdict, write(results));
        return switch (verdict.verdict()) {
            case PASS, WARN -> ExitCode.PASS.code();
            case FAIL -> ExitCode.FAIL.code();
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE.code();
        };
    }

    private List<Summary.Closing> write(Results results) throws IOException {
        var closing = new ArrayList<Summary.Closing>();
        if (out != null) {
            Files.createDirectories(out);
            var file = out.resolve(VERDICTS);
            Files.writeString(file, VerdictLines.text(results.verdicts()));
            closing.add(new Summary.Closing("verdicts", file.toString()));
        }
        return closing;
    }

    private void print(Results results, RunVerdict verdict, List<Summary.Closing> closing) {
        if (json) {
            command()
                    .getOut()
                    .print(VerdictLines.text(List.of(results.verdicts().getLast())));
        } else {
            Summary.lines(verdict, closing, terminal.terminal())
                    .forEach(command().getOut()::println);
        }
        command().getOut().flush();
    }

    private String text() {
        try {
            return Files.readString(objectives);
        } catch (IOException _) {
            throw new ParameterException(
                    command(), "--objectives " + objectives + " is no readable file of UTF-8 text");
        }
    }

    private picocli.CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec.commandLine();
    }
}
