package io.ordeal.campaign.progress;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.campaign.plan.LoadWords;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.PlanView;
import io.ordeal.campaign.plan.TimedFault;
import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.campaign.screen.RunProgress;
import io.ordeal.campaign.screen.RunProgress.FaultMark;
import io.ordeal.campaign.screen.RunProgress.FaultState;
import io.ordeal.campaign.screen.RunProgress.PhaseMark;
import io.ordeal.campaign.screen.RunProgress.Standing;
import io.ordeal.campaign.screen.RunProgress.Traffic;
import io.ordeal.campaign.screen.RunProgress.Where;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LoadState;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Adds up what the topics say of a run, and says how it stands. Knows no clock. Thread-safe.
public final class ProgressTally {
    private static final OutcomeCounts NOTHING = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);

    private record FaultFact(FaultState state, Optional<Instant> since, String note) {}

    private record Windows(long out, long seen, Where state, Optional<Double> now, Instant last) {}

    private final String run;
    private final Plan plan;
    private final Set<String> links;
    private final Map<String, FaultFact> faults = new HashMap<>();
    private final Map<String, Windows> objectives = new HashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private OutcomeCounts sum = NOTHING;
    private long dropped;
    private long sent;
    private long completed;
    private Optional<WindowSummary> last = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();

    /// @param links what can be looked at meanwhile, each `word address`
    public ProgressTally(String run, Plan plan, List<String> links) {
        this.run = run;
        this.plan = plan;
        this.links = new LinkedHashSet<>(links);
    }

    /// Takes note of a lifecycle event.
    public synchronized void add(LifecycleEvent event) {
        switch (event.event()) {
            case LifecycleEvent.FaultAccepted accepted ->
                faults.putIfAbsent(accepted.fault(), new FaultFact(FaultState.ASKED, Optional.empty(), ""));
            case LifecycleEvent.FaultApplied applied ->
                faults.put(applied.fault(), new FaultFact(FaultState.IN_FORCE, Optional.of(event.at()), ""));
            case LifecycleEvent.FaultReverted reverted ->
                faults.merge(
                        reverted.fault(),
                        new FaultFact(FaultState.REVERTED, Optional.empty(), ""),
                        (before, now) -> new FaultFact(now.state(), before.since(), ""));
            case LifecycleEvent.FaultRejected rejected ->
                faults.put(
                        rejected.fault(),
                        new FaultFact(FaultState.FAILED, Optional.empty(), String.join("; ", rejected.reasons())));
            case LifecycleEvent.FaultFailed failed ->
                faults.put(failed.fault(), new FaultFact(FaultState.FAILED, Optional.empty(), failed.reason()));
            case LifecycleEvent.CommandRefused refused ->
                warnings.add("a command was refused: " + String.join("; ", refused.reasons()));
            case LifecycleEvent.LoadChanged(var _, var state, var detail)
            when state != LoadState.STARTED ->
                warnings.add("the load was " + state.name().toLowerCase(Locale.ROOT)
                        + (detail.isEmpty() ? "" : ": " + detail));
            case LifecycleEvent.RunStarted _,
                    LifecycleEvent.RunFinished _,
                    LifecycleEvent.PhaseStarted _,
                    LifecycleEvent.PhaseEnded _,
                    LifecycleEvent.LoadChanged _,
                    LifecycleEvent.SegmentTaken _,
                    LifecycleEvent.SegmentFinished _,
                    LifecycleEvent.FaultRehearsed _,
                    LifecycleEvent.InjectorAnnounced _,
                    LifecycleEvent.PolicyRefused _,
                    LifecycleEvent.Heartbeat _ -> {
                // what else happens changes nothing that is shown
            }
        }
    }

    /// Takes note of what can be looked at meanwhile, `word address`.
    public synchronized void link(String link) {
        links.add(link);
    }

    /// Takes note of something to say, once.
    public synchronized void note(String text) {
        warnings.add(text);
    }

    /// Takes note of a closed window. Only those that sum all requests of a phase count.
    public synchronized void add(WindowSummary window) {
        if (!window.request().equals("*")) {
            return;
        }
        sum = Outcomes.plus(sum, window.counts());
        window.ledger().ifPresent(one -> {
            dropped += one.dropped();
            sent += one.sent();
            completed += one.completed();
            ledger = Optional.of(one);
        });
        window.saturated().forEach(reason -> warnings.add("a generator is saturated: " + reason));
        if (last.isEmpty() || newer(window, last.get())) {
            last = Optional.of(window);
        }
    }

    /// A window in which one phase follows another is told once for each; the one with the ledger says most.
    private static boolean newer(WindowSummary window, WindowSummary known) {
        return window.start().isAfter(known.start())
                || (window.start().equals(known.start()) && window.ledger().isPresent());
    }

    /// Takes note of a verdict.
    public synchronized void add(VerdictEvent event) {
        if (event.verdict() instanceof WindowVerdict verdict && verdict.verdict() != Verdict.INCONCLUSIVE) {
            boolean out = verdict.verdict() == Verdict.FAIL || verdict.verdict() == Verdict.WARN;
            objectives.merge(
                    verdict.objective(),
                    new Windows(out ? 1 : 0, 1, out ? Where.OUT : Where.IN, verdict.observed(), verdict.start()),
                    (before, now) -> now.last().isBefore(before.last())
                            ? new Windows(
                                    before.out() + now.out(),
                                    before.seen() + 1,
                                    before.state(),
                                    before.now(),
                                    before.last())
                            : new Windows(
                                    before.out() + now.out(), before.seen() + 1, now.state(), now.now(), now.last()));
        }
    }

    /// Returns how the run stands.
    ///
    /// @param start when the load began or begins
    public synchronized RunProgress at(Instant now, Instant start, RunProgress.Stage stage) {
        var elapsed = Duration.between(start, now);
        return new RunProgress(
                run,
                plan.campaign().name(),
                stage,
                elapsed.isNegative() ? Duration.ZERO : elapsed,
                plan.duration(),
                phases(),
                traffic(),
                plan.faults().stream().map(fault -> fault(fault, start)).toList(),
                plan.campaign().objectives().stream().map(this::standing).toList(),
                ledger,
                List.copyOf(links),
                List.copyOf(warnings));
    }

    private List<PhaseMark> phases() {
        return IntStream.range(0, plan.phases().size())
                .mapToObj(i -> {
                    var phase = plan.phases().get(i);
                    return new PhaseMark(
                            phase.name(),
                            LoadWords.of(
                                    plan.campaign().phases().get(i), plan.load().get(i)),
                            phase.start(),
                            phase.duration());
                })
                .toList();
    }

    private Traffic traffic() {
        if (last.isEmpty()) {
            return Traffic.NONE;
        }
        var window = last.get();
        double seconds = window.length().toNanos() / 1e9;
        boolean open = Stream.concat(
                        plan.campaign().phases().stream()
                                .filter(phase -> phase.name().equals(window.phase())),
                        plan.campaign().scenarios().stream().flatMap(scenario -> scenario.load().phases().stream()))
                .anyMatch(phase -> phase.load().open());
        return new Traffic(
                open ? window.ledger().map(one -> one.scheduled() / seconds) : Optional.empty(),
                window.ledger().map(one -> one.sent() / seconds).orElse(0.0),
                window.counts().ok() / seconds,
                dropped,
                Math.max(0, sent - completed),
                window.response(),
                window.counts(),
                sum);
    }

    private FaultMark fault(TimedFault fault, Instant start) {
        var fact = faults.getOrDefault(fault.spec().id(), new FaultFact(FaultState.PLANNED, Optional.empty(), ""));
        return new FaultMark(
                fault.spec().id(),
                PlanView.what(fault),
                fault.spec().target(),
                fault.at(),
                fault.spec().duration(),
                fact.state(),
                fact.since().map(at -> Duration.between(start, at)),
                fact.note());
    }

    private Standing standing(ObjectiveEntry entry) {
        var windows = objectives.getOrDefault(
                entry.name(), new Windows(0, 0, Where.WAITING, Optional.empty(), Instant.EPOCH));
        var objective = entry.objective();
        return new Standing(
                entry.name(),
                objective.limit(),
                objective.measure().unit(),
                windows.now(),
                windows.out(),
                windows.seen(),
                windows.state());
    }
}
