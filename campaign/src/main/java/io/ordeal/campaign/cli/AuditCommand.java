package io.ordeal.campaign.cli;

import io.ordeal.campaign.audit.AuditReport;
import io.ordeal.campaign.audit.RunArchive;
import io.ordeal.runtime.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal audit`: holds what was told of a run against what its records say.
@Command(
        name = "audit",
        description = {
            "Works out every window and verdict of a finished run again, from its records and by other code, and"
                    + " compares them field by field with what was told.",
            "Without --bootstrap-servers it asks the cluster of the run that is under way from this folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:equal",
            "99:different",
            "111:records of the run are gone, or it has no verdict yet",
            "104:no such run, or invalid options"
        },
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The id of the run.")
    private String run = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Override
    public Integer call() {
        Logs.quiet();
        try (var connected = cluster.connect()) {
            var archive = RunArchive.read(connected, run);
            if (archive.isEmpty()) {
                command().getErr().println("ordeal: no run `" + run + "` is known there");
                return ExitCode.INVALID.code();
            }
            var report = AuditReport.of(archive.get());
            if (json) {
                command().getOut().println(report.json());
            } else {
                report.lines().forEach(command().getOut()::println);
            }
            return code(report).code();
        }
    }

    private static ExitCode code(AuditReport report) {
        if (!report.complete()) {
            return ExitCode.INCONCLUSIVE;
        }
        return report.differences().isEmpty() ? ExitCode.PASS : ExitCode.FAIL;
    }

    private picocli.CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec.commandLine();
    }
}
