package io.ordeal.campaign.cli;

import io.ordeal.campaign.compare.Change;
import io.ordeal.campaign.compare.Comparison;
import io.ordeal.campaign.compare.ComparisonJson;
import io.ordeal.campaign.compare.ComparisonView;
import io.ordeal.campaign.compare.RecordedRun;
import io.ordeal.campaign.compare.RunFolder;
import io.ordeal.campaign.report.ReportFolder;
import io.ordeal.campaign.report.RunResult;
import io.ordeal.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which earlier run a run is compared with.
final class BaselineOptions {
    private static final Comparison.Terms TERMS = new Comparison.Terms(0.05, 0.001, 0.98);

    @Spec(Spec.Target.MIXEE)
    @Nullable
    private CommandSpec command;

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description = "The folder of an earlier run: the summary, comparison.json and the report compare with it.")
    @Nullable
    private Path folder;

    @Option(names = "--fail-on-worse", description = "Exit with 99 when a run that passed is worse than --baseline.")
    private boolean failOnWorse;

    /// Reads the earlier run, if one is named.
    ///
    /// @throws ParameterException when there is none
    Optional<RecordedRun> read() {
        if (folder == null) {
            if (failOnWorse) {
                throw wrong("--fail-on-worse needs --baseline");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(RunFolder.read(folder));
        } catch (IOException e) {
            throw wrong("--baseline: " + e.getMessage());
        }
    }

    /// Compares the run that `reports` holds with `earlier`, and adds what came of it.
    Optional<Comparison> compared(Optional<RecordedRun> earlier, Path run, RunResult result, ReportFolder reports)
            throws IOException {
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        var comparison = Comparison.of(earlier.get(), RunFolder.read(run), TERMS);
        reports.writeBeside(result.beside(ComparisonView.section(comparison)), ComparisonJson.text(comparison));
        return Optional.of(comparison);
    }

    /// Returns the lines below a summary.
    List<String> lines(Comparison comparison, TerminalOptions terminal) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.addAll(new ComparisonView(terminal.ink(), terminal.glyphs()).lines(comparison));
        return lines;
    }

    /// Returns the exit code, given the one of the run alone.
    ExitCode code(ExitCode alone, Optional<Comparison> comparison) {
        boolean worse =
                comparison.filter(found -> found.verdict() == Change.WORSE).isPresent();
        return failOnWorse && worse && alone == ExitCode.PASS ? ExitCode.FAIL : alone;
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }
}
