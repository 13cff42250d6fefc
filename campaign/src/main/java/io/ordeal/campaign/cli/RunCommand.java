package io.ordeal.campaign.cli;

import io.ordeal.campaign.audit.AuditReport;
import io.ordeal.campaign.audit.RunArchive;
import io.ordeal.campaign.compare.RecordedRun;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.progress.ProgressTally;
import io.ordeal.campaign.report.PartialVerdict;
import io.ordeal.campaign.report.ReportFolder;
import io.ordeal.campaign.report.RunResult;
import io.ordeal.campaign.run.BreakingPoint;
import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.campaign.run.NotStarted;
import io.ordeal.campaign.run.Observations;
import io.ordeal.campaign.run.ResourceSeries;
import io.ordeal.campaign.run.RunEnd;
import io.ordeal.campaign.run.RunId;
import io.ordeal.campaign.screen.Display;
import io.ordeal.campaign.screen.RunProgress.Stage;
import io.ordeal.campaign.screen.Summary;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.InvalidConfiguration;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.generator.user.Secrets;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.ExitCode;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.results.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `ordeal run`: plans, runs, judges and reports one campaign.
@Command(
        name = "run",
        description = "Plans, runs, judges and reports a campaign. Starts everything it needs on this host, unless"
                + " --bootstrap-servers and --registry-url name a cluster that is there.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Mixin
    private CampaignOptions campaign = new CampaignOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private TerminalOptions terminal = new TerminalOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results (default: out/<run id>).")
    @Nullable
    private Path out;

    @Option(
            names = "--chaos-config",
            paramLabel = "FILE",
            description = "Targets and policy for the injector of the embedded stack; see docs/faults.md.")
    @Nullable
    private Path chaosConfig;

    @Option(names = "--json", description = "Print summary.json to standard output at the end, and nothing else there.")
    private boolean json;

    @Option(names = "--quiet", description = "Print only the verdict.")
    private boolean quiet;

    @Option(
            names = "--audit",
            description = "At the end, recompute every window and verdict from the run's records, and compare.")
    private boolean audit;

    @Mixin
    private BaselineOptions baseline = new BaselineOptions();

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException, InterruptedException {
        switch (campaign.load(terminal.ink())) {
            case CampaignOptions.Refused(var lines) -> {
                lines.forEach(command().getErr()::println);
                return ExitCode.INVALID.code();
            }
            case CampaignOptions.Ready(var plan, var text) -> {
                return run(plan, text);
            }
        }
    }

    private int run(Plan plan, String text) throws IOException, InterruptedException {
        var missing = missing(plan);
        if (!missing.isEmpty()) {
            missing.forEach(problem -> command().getErr().println("ordeal: " + problem + "; nothing was started"));
            return ExitCode.INVALID.code();
        }
        var earlier = baseline.read();
        var run = RunId.next(new SecureRandom());
        var injector = injector();
        var folder = Optional.ofNullable(out).orElse(Path.of("out", run));
        Files.createDirectories(folder);
        Logs.to(folder.resolve("ordeal.log"));
        var runner = new AtomicReference<Optional<CampaignRunner>>(Optional.empty());
        try (var interruption = Interruption.watch(() -> runner.get().ifPresent(CampaignRunner::interrupt));
                var display = display()) {
            var session = new Session(plan, run, folder, display, interruption, runner, earlier);
            try (var place = place(plan, injector);
                    var _ = StackFile.write(folder, place.cluster().settings())) {
                return session.run(place, text);
            } catch (NotStarted e) {
                display.say(List.of("ordeal: " + e.getMessage()));
                return ExitCode.ERROR.code();
            }
        }
    }

    /// One run in its place, from the first command to the last file.
    private final class Session {
        private final Plan plan;
        private final String run;
        private final Path folder;
        private final Display display;
        private final Interruption interruption;
        private final AtomicReference<Optional<CampaignRunner>> runner;
        private final ProgressTally tally;
        private final Optional<RecordedRun> earlier;

        Session(
                Plan plan,
                String run,
                Path folder,
                Display display,
                Interruption interruption,
                AtomicReference<Optional<CampaignRunner>> runner,
                Optional<RecordedRun> earlier) {
            this.earlier = earlier;
            this.plan = plan;
            this.run = run;
            this.folder = folder;
            this.display = display;
            this.interruption = interruption;
            this.runner = runner;
            this.tally = new ProgressTally(run, plan, List.of());
            show(Stage.PREPARING, Optional.empty());
        }

        int run(RunPlace place, String text) throws NotStarted, IOException, InterruptedException {
            place.livePage(run).ifPresent(page -> tally.link("live page " + page));
            try (var campaign =
                    new CampaignRunner(plan, run, place.address(plan), place.health(plan), place.cluster(), clock)) {
                runner.set(Optional.of(campaign));
                if (interruption.interrupted()) {
                    campaign.interrupt();
                }
                RunEnd end;
                try (var _ = Ticker.every(() -> follow(campaign))) {
                    end = campaign.run();
                }
                int code = report(
                        campaign.observations(),
                        end,
                        campaign.startedAt().orElse(clock.instant()),
                        text,
                        campaign.breakingPoint(),
                        campaign.resources());
                return audit ? audited(place.cluster(), code) : code;
            }
        }

        /// Audits the run as long as its topics are there; returns `code` where what was told is right.
        private int audited(Cluster cluster, int code) {
            var report = RunArchive.read(cluster, run).map(AuditReport::of);
            var line = "audit: " + report.map(AuditReport::line).orElse("The topics know of no such run.");
            (json || quiet ? command().getErr() : command().getOut()).println(line);
            report.ifPresent(one -> one.differences().stream()
                    .limit(AuditReport.SHOWN)
                    .forEach(difference -> command().getErr().println("  " + difference.text())));
            boolean equal = report.filter(
                            one -> one.complete() && one.differences().isEmpty())
                    .isPresent();
            return equal ? code : ExitCode.ERROR.code();
        }

        private void follow(CampaignRunner campaign) {
            campaign.observations().drain(tally::add, tally::add, tally::add);
            campaign.breakingPoint().ifPresent(point -> tally.note("steps ended: " + point.text()));
            show(stage(campaign), campaign.startedAt());
        }

        private Stage stage(CampaignRunner campaign) {
            if (campaign.startedAt().isEmpty()) {
                return Stage.PREPARING;
            }
            if (campaign.stopping()) {
                return Stage.STOPPING;
            }
            var over = campaign.startedAt().get().plus(plan.duration());
            return clock.instant().isBefore(over) ? Stage.RUNNING : Stage.JUDGING;
        }

        private void show(Stage stage, Optional<Instant> startedAt) {
            var now = clock.instant();
            display.show(tally.at(now, startedAt.orElse(now), stage), now);
        }

        private int report(
                Observations seen,
                RunEnd end,
                Instant begun,
                String text,
                Optional<BreakingPoint> broke,
                List<ResourceSeries> resources)
                throws IOException {
            var verdict = seen.verdict()
                    .orElseGet(() ->
                            PartialVerdict.of(plan, seen.windows(), seen.events(), begun, clock.instant(), why(end)));
            var result = new RunResult(
                    run,
                    plan,
                    verdict,
                    seen.windows(),
                    seen.events(),
                    seen.verdicts(),
                    text,
                    Host.facts(),
                    broke,
                    resources,
                    Optional.empty());
            var reports = new ReportFolder(folder);
            reports.write(result);
            var comparison = baseline.compared(earlier, folder, result, reports);
            end.troubles().forEach(trouble -> display.say(List.of("ordeal: " + trouble)));
            display.close();
            if (json) {
                command().getOut().print(Files.readString(folder.resolve("summary.json")));
            } else if (quiet) {
                command().getOut().println(result.verdict().verdict() + " " + folder.resolve("summary.json"));
            } else {
                var closing = new ArrayList<Summary.Closing>();
                broke.ifPresent(point -> closing.add(new Summary.Closing("steps", "ended: " + point.text())));
                closing.add(new Summary.Closing(
                        "report", folder.resolve("report.html").toString()));
                closing.add(new Summary.Closing(
                        "results", folder.resolve("summary.json").toString()));
                Summary.lines(result.verdict(), closing, terminal.terminal())
                        .forEach(command().getOut()::println);
                comparison.ifPresent(found ->
                        baseline.lines(found, terminal).forEach(command().getOut()::println));
            }
            command().getOut().flush();
            return baseline.code(code(end, result.verdict().verdict()), comparison)
                    .code();
        }
    }

    private static String why(RunEnd end) {
        return end.troubles().isEmpty() ? "no verdict was drawn" : String.join("; ", end.troubles());
    }

    private static ExitCode code(RunEnd end, Verdict verdict) {
        if (end.reason() == FinishReason.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        return switch (verdict) {
            case PASS, WARN -> ExitCode.PASS;
            case FAIL -> ExitCode.FAIL;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }

    /// Returns what the plan wants of the environment and does not find, where the generator is in this process.
    private List<String> missing(Plan plan) {
        return cluster.settings().isPresent()
                ? List.of()
                : new Secrets(new Environment(System.getenv())::text)
                        .problems(plan.segments("", "").getFirst());
    }

    private RunPlace place(Plan plan, InjectorConfiguration injector) {
        var settings = cluster.settings();
        return settings.isPresent() ? RunPlace.Remote.connect(settings.get()) : RunPlace.Embedded.start(plan, injector);
    }

    private Display display() {
        return json || quiet ? Display.silent() : Display.open(terminal.terminal(), System.out, terminal.charset());
    }

    private InjectorConfiguration injector() {
        if (chaosConfig == null) {
            return new InjectorConfiguration(List.of(), Limits.standard());
        }
        try {
            return InjectorConfiguration.read(chaosConfig);
        } catch (InvalidConfiguration e) {
            throw new ParameterException(command(), chaosConfig + ":\n" + e.getMessage());
        } catch (IOException e) {
            throw new ParameterException(
                    command(), "--chaos-config " + chaosConfig + " cannot be read: " + e.getMessage());
        }
    }

    private picocli.CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        return spec.commandLine();
    }
}
