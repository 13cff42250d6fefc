package io.ordeal.campaign.cli;

import io.ordeal.campaign.compare.Change;
import io.ordeal.campaign.compare.Comparison;
import io.ordeal.campaign.compare.ComparisonJson;
import io.ordeal.campaign.compare.ComparisonView;
import io.ordeal.campaign.compare.History;
import io.ordeal.campaign.compare.RecordedRun;
import io.ordeal.campaign.compare.RunFolder;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.objective.Quantity;
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

/// `ordeal compare`: what changed from one run to another, or over many.
@Command(
        name = "compare",
        description = {
            "Compares a run with an earlier one, request by request: better, same or worse, and how sure that is.",
            "With --history it looks for lasting changes over all runs in a folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:better or the same", "99:worse", "111:too little to tell", "104:not folders of runs"},
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(arity = "0..2", paramLabel = "FOLDER", description = "The output folders of the runs, earlier first.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--history", paramLabel = "FOLDER", description = "A folder with the output folders of many runs.")
    @Nullable
    private Path history;

    @Option(
            names = "--margin",
            defaultValue = "5%",
            paramLabel = "PART",
            description = "Up to which shift a latency is the same (default: ${DEFAULT-VALUE}).")
    private String margin = "5%";

    @Option(
            names = "--error-margin",
            defaultValue = "0.1%",
            paramLabel = "PART",
            description = "Up to which difference an error ratio is the same (default: ${DEFAULT-VALUE}).")
    private String errorMargin = "0.1%";

    @Option(
            names = "--confidence",
            defaultValue = "98%",
            paramLabel = "PART",
            description = "Of the intervals (default: ${DEFAULT-VALUE}).")
    private String confidence = "98%";

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Mixin
    private TerminalOptions terminal = new TerminalOptions();

    @Override
    public Integer call() {
        Logs.quiet();
        if (history == null ? folders.size() != 2 : !folders.isEmpty()) {
            throw new ParameterException(
                    command().commandLine(), "name two folders, or one with --history: ordeal compare BEFORE AFTER");
        }
        try {
            return history == null ? compare() : look(history);
        } catch (IOException e) {
            command().commandLine().getErr().println("ordeal: " + e.getMessage());
            return ExitCode.INVALID.code();
        }
    }

    private int compare() throws IOException {
        var terms = new Comparison.Terms(
                part("--margin", margin, 1),
                part("--error-margin", errorMargin, 1),
                part("--confidence", confidence, 1));
        var comparison = Comparison.of(RunFolder.read(folders.getFirst()), RunFolder.read(folders.getLast()), terms);
        print(json ? List.of(ComparisonJson.text(comparison)) : view().lines(comparison));
        return switch (comparison.verdict()) {
            case Change.BETTER, Change.SAME -> ExitCode.PASS.code();
            case Change.WORSE -> ExitCode.FAIL.code();
            case Change.UNCLEAR -> ExitCode.INCONCLUSIVE.code();
        };
    }

    private int look(Path folder) throws IOException {
        var runs = new ArrayList<RecordedRun>();
        try (var children = Files.list(folder)) {
            for (var child : children.sorted().toList()) {
                if (Files.isRegularFile(child.resolve("summary.json"))) {
                    runs.add(RunFolder.read(child));
                }
            }
        }
        if (runs.isEmpty()) {
            throw new IOException(folder + " holds no folder of a run");
        }
        var histories = History.of(runs, part("--margin", margin, 1));
        if (json) {
            print(List.of(ComparisonJson.text(histories)));
        } else {
            histories.forEach(one -> print(view().lines(one)));
        }
        return ExitCode.PASS.code();
    }

    private ComparisonView view() {
        return new ComparisonView(terminal.ink(), terminal.glyphs());
    }

    private void print(List<String> lines) {
        lines.forEach(command().commandLine().getOut()::println);
    }

    private double part(String option, String text, double most) {
        return Quantity.parse(text)
                .flatMap(Quantity::ratio)
                .filter(part -> part >= 0 && part < most)
                .orElseThrow(() -> new ParameterException(
                        command().commandLine(), "`" + option + " " + text + "` is no part; write for instance 5%"));
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec;
    }
}
