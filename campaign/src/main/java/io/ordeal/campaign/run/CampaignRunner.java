package io.ordeal.campaign.run;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.TimedFault;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Step;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Drives one run from the first command to the verdict.
///
/// It writes commands by the clock and waits for what the topics say. However it ends, faults are cleared first,
/// then load is stopped, then verdicts are drawn.
public final class CampaignRunner implements AutoCloseable {
    /// From the command to start until the first request is due: the command must have reached every generator.
    private static final Duration LEAD = Duration.ofMillis(500);

    private static final Duration TAKING = Duration.ofSeconds(30);
    private static final Duration FINISHING = Duration.ofSeconds(15);
    private static final Duration FAULTS_FIRST = Duration.ofSeconds(5);
    /// A guard stops the load within two seconds of its window, so it waits less for the faults.
    private static final Duration GUARDED_FAULTS_FIRST = Duration.ofSeconds(1);

    private static final Duration REVERTING = Duration.ofSeconds(60);
    private static final Duration JUDGING = Duration.ofSeconds(30);

    private final Plan plan;
    private final URI address;
    private final URI health;
    private final Cluster cluster;
    private final Observations observations = new Observations();
    private final Orders orders;
    private final Feed feed;
    private final GuardWatch guards;
    private final BreakWatch breaks;
    private final WindowBasket basket = new WindowBasket();
    private final List<String> troubles = new ArrayList<>();
    private final Clock clock;
    private volatile boolean interrupted;
    private volatile boolean stopping;
    private volatile Optional<Instant> startedAt = Optional.empty();
    private volatile Optional<BreakingPoint> breakingPoint = Optional.empty();
    private int windowsSeen;

    /// Prepares to run `plan` as `run`.
    ///
    /// @param address where load goes
    /// @param health what is asked once, before any load, whether the service answers at all
    public CampaignRunner(Plan plan, String run, URI address, URI health, Cluster cluster, Clock clock) {
        this.plan = plan;
        this.address = address;
        this.health = health;
        this.cluster = cluster;
        this.clock = clock;
        this.feed = Feed.start(cluster, run, observations);
        this.orders = new Orders(run, cluster, clock);
        this.guards = new GuardWatch(plan.campaign().guards());
        this.breaks = new BreakWatch(plan);
    }

    /// Returns what has been seen so far.
    public Observations observations() {
        return observations;
    }

    /// Returns what the hosts and processes used that living injectors tell of, from the start of the load on.
    public List<ResourceSeries> resources() {
        var hosts = Injectors.of(cluster).hosts();
        return observations.resources(hosts, startedAt.orElse(Instant.MAX));
    }

    /// Returns time zero of the load, once it is settled.
    public Optional<Instant> startedAt() {
        return startedAt;
    }

    /// Returns where the load broke, once it has.
    public Optional<BreakingPoint> breakingPoint() {
        return breakingPoint;
    }

    /// Whether the run is being ended early.
    public boolean stopping() {
        return stopping;
    }

    /// Ends the run early, as soon as the runner can: from another thread.
    public void interrupt() {
        interrupted = true;
        observations.wake();
    }

    /// Runs the plan; returns when the verdict is there, or cannot be had.
    ///
    /// @throws NotStarted when the run cannot begin; no load was made and no fault applied
    public RunEnd run() throws NotStarted, InterruptedException {
        begin();
        try (var _ = LeaseKeeper.start(
                LeaseKeeper.LEASE,
                () -> !observations.settled(injected()),
                () -> orders.command(new Command.RenewFaults()))) {
            var early = followTimeline();
            return early.isPresent() ? stop(early.get()) : finish();
        } catch (RuntimeException e) {
            attempt(e, () -> orders.command(new Command.AbortRun("the runner failed")));
            throw e;
        } finally {
            orders.forget(plan);
        }
    }

    /// Does what can still be done after `failure`, which is what the caller must hear of.
    private static void attempt(RuntimeException failure, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // without a broker the injector's lease reverts the faults
        }
    }

    @Override
    public void close() {
        feed.close();
        orders.close();
    }

    private void begin() throws NotStarted, InterruptedException {
        var problem = TargetProbe.problem(health, plan.campaign().settings().connections());
        if (problem.isPresent()) {
            throw new NotStarted("the target " + plan.campaign().target().text() + " does not answer at " + address
                    + ": " + problem.get() + ". No load was made. Start the service, or set another `target`.");
        }
        orders.tell(new LifecycleEvent.RunStarted(
                plan.campaign().name(), plan.campaign().settings().seed(), plan.hash()));
        orders.plan(plan, address.toString());
        int segments = plan.campaign().settings().segments();
        if (!await(TAKING, () -> observations.allTaken(segments)) && !interrupted) {
            orders.forget(plan);
            throw new NotStarted("no generator has taken all " + segments + " segments within " + TAKING.toSeconds()
                    + " s. Is a generator running on these topics?");
        }
        var start = clock.instant().plus(LEAD).truncatedTo(ChronoUnit.MICROS);
        var command = orders.command(new Command.StartLoad(start));
        var untilStart = Duration.between(clock.instant(), start);
        if (await(untilStart, () -> observations.refusal(command).isPresent())) {
            orders.forget(plan);
            throw new NotStarted("the generators refuse the load. No load was made.\n  - "
                    + String.join("\n  - ", observations.refusal(command).orElseThrow()));
        }
        startedAt = Optional.of(start);
    }

    /// Returns why it ended before the end of the plan, or empty.
    private Optional<RunEnd> followTimeline() throws InterruptedException {
        for (var due : Timeline.of(plan)) {
            var early = awaitInstant(due.at());
            if (early.isPresent()) {
                return early;
            }
            switch (due.step()) {
                case Timeline.BeginPhase(var phase, int index) ->
                    orders.tell(new LifecycleEvent.PhaseStarted(phase, index));
                case Timeline.EndPhase(var phase, int index) ->
                    orders.tell(new LifecycleEvent.PhaseEnded(phase, index));
                case Timeline.Inject(var fault) ->
                    orders.command(new Command.InjectFault(fault.leased(LeaseKeeper.LEASE)));
            }
        }
        return Optional.empty();
    }

    /// Waits for an instant of the load; returns early when the run is interrupted or a guard ends it.
    private Optional<RunEnd> awaitInstant(Duration at) throws InterruptedException {
        var until = startedAt.orElseThrow().plus(at);
        while (clock.instant().isBefore(until)) {
            if (interrupted) {
                return Optional.of(new RunEnd(FinishReason.INTERRUPTED, "interrupted", List.of()));
            }
            var stopped = observations.stopped();
            if (stopped.isPresent()) {
                var text = "the load was stopped: " + stopped.get();
                return Optional.of(new RunEnd(FinishReason.ABORTED, text, List.of()));
            }
            var broken = seeWindows();
            if (broken.isPresent()) {
                return broken;
            }
            var now = clock.instant();
            var left = Duration.between(now, until);
            var wait = basket.patience(now)
                    .filter(time -> time.compareTo(left) < 0)
                    .orElse(left);
            observations.awaitChange(System.nanoTime() + Math.max(1_000_000, wait.toNanos()));
        }
        return Optional.empty();
    }

    /// Looks at the windows that have closed; returns why the run ends early when a guard does not hold.
    private Optional<RunEnd> seeWindows() {
        var fresh = observations.windowsAfter(windowsSeen);
        windowsSeen += fresh.size();
        fresh.forEach(window -> breaks.see(window, startedAt.orElseThrow()).ifPresent(this::goBack));
        var now = clock.instant();
        basket.add(fresh, now);
        return basket.whole(now).stream()
                .flatMap(window -> guards.see(window).stream())
                .findFirst()
                .map(tripped -> new RunEnd(FinishReason.GUARD, tripped.text(), List.of()));
    }

    /// Steps end: the level before stays until the phase is over.
    private void goBack(BreakingPoint point) {
        breakingPoint = Optional.of(point);
        var phase = plan.phases().stream()
                .filter(one -> one.name().equals(point.phase()))
                .findFirst()
                .orElseThrow();
        var end = startedAt.orElseThrow().plus(phase.start()).plus(phase.duration());
        if (clock.instant().plus(LEAD).isBefore(end)) {
            orders.command(BreakWatch.back(point));
        }
    }

    private RunEnd finish() throws InterruptedException {
        int segments = plan.campaign().settings().segments();
        var patience =
                longestRequest().plus(plan.campaign().settings().gracefulStop()).plus(FINISHING);
        if (!await(patience, () -> observations.allFinished(segments)) && !interrupted) {
            troubles.add("not every segment said that it had finished within " + patience.toSeconds() + " s");
        }
        var faults = faults();
        if (!await(REVERTING, () -> observations.settled(faults)) && !interrupted) {
            troubles.add("not every fault was reverted within " + REVERTING.toSeconds() + " s after the load");
        }
        if (interrupted) {
            return stop(new RunEnd(FinishReason.INTERRUPTED, "interrupted", List.of()));
        }
        if (!observations.inForce().isEmpty()) {
            orders.command(new Command.ClearAllFaults("the run is over"));
        }
        return judge(new RunEnd(
                FinishReason.COMPLETED,
                breakingPoint.map(point -> "steps ended: " + point.text()).orElse(""),
                List.of()));
    }

    /// Faults first, then load.
    private RunEnd stop(RunEnd why) throws InterruptedException {
        stopping = true;
        interrupted = false; // from here on waiting is bounded, and the faults must be seen to be gone
        var asked = injected();
        // An abort reaches injectors and generators at the same time: the faults are ended by name before it.
        asked.stream()
                .filter(fault -> !observations.settled(Set.of(fault)))
                .forEach(fault -> orders.command(new Command.ClearFault(fault, why.detail())));
        await(
                why.reason() == FinishReason.GUARD ? GUARDED_FAULTS_FIRST : FAULTS_FIRST,
                () -> observations.settled(asked));
        orders.command(new Command.AbortRun(why.detail()));
        if (!await(FINISHING, () -> observations.settled(asked))) {
            troubles.add("not every fault was confirmed reverted within " + FINISHING.toSeconds() + " s");
        }
        int segments = plan.campaign().settings().segments();
        if (!await(longestRequest().plus(FINISHING), () -> observations.allFinished(segments))) {
            troubles.add("not every segment said that it had stopped");
        }
        return judge(why);
    }

    private RunEnd judge(RunEnd end) throws InterruptedException {
        orders.tell(new LifecycleEvent.RunFinished(end.reason(), end.detail()));
        if (!await(JUDGING, () -> observations.verdict().isPresent())) {
            troubles.add("no verdict came within " + JUDGING.toSeconds() + " s. Is an aggregator running?");
        }
        return new RunEnd(end.reason(), end.detail(), troubles);
    }

    private boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline && !interrupted) {
            observations.awaitChange(deadline);
        }
        return condition.getAsBoolean();
    }

    private Duration longestRequest() {
        return plan.scenarios().stream()
                .flatMap(scenario -> scenario.steps().stream())
                .map(Step::timeout)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Set<String> faults() {
        return plan.faults().stream()
                .map(TimedFault::spec)
                .map(spec -> spec.id())
                .collect(Collectors.toSet());
    }

    /// The faults that the injector has answered to.
    private Set<String> injected() {
        return observations.events().stream()
                .map(LifecycleEvent::event)
                .filter(LifecycleEvent.FaultAccepted.class::isInstance)
                .map(event -> ((LifecycleEvent.FaultAccepted) event).fault())
                .collect(Collectors.toSet());
    }
}
