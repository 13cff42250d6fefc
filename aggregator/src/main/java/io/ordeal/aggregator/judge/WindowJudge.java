package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.WindowVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// The judge of one window.
public final class WindowJudge {
    private final RunWindow window;
    private final Plan plan;
    private final Facts facts;
    private final int main;
    private final Map<Requests, Tally> sums = new HashMap<>();

    /// Some of the requests that ended in the window.
    private record Requests(Selection selection, Set<Integer> phases) {}

    /// Judges `window` by the facts that are known so far.
    public WindowJudge(RunWindow window, Plan plan, Facts facts) {
        this.window = window;
        this.plan = plan;
        this.facts = facts;
        this.main = window.mainPhase();
    }

    /// Returns the verdict on each objective for which the window counts.
    public List<WindowVerdict> verdicts() {
        var verdicts = new ArrayList<WindowVerdict>();
        for (var aim : plan.windowAims()) {
            var objective = aim.objective().orElseThrow();
            finding(objective)
                    .ifPresent(finding -> verdicts.add(new WindowVerdict(
                            aim.spec().name(),
                            Micros.instant(window.start()),
                            Micros.duration(window.end() - window.start()),
                            finding.observed(),
                            objective.limit(),
                            finding.samples(),
                            objective.advisory() ? finding.advised().verdict() : finding.verdict(),
                            finding.reason())));
        }
        return verdicts;
    }

    /// Returns how the objective stands, also where it only warns, or empty where the window does not count for it.
    public Optional<Finding> finding(Objective objective) {
        if (!Plan.covers(objective.scope().interval(), facts, window.start(), window.from(), window.end())) {
            return Optional.empty();
        }
        var evidence = evidence(objective);
        boolean wholly = evidence.seconds() * 1e6 >= window.end() - window.start() - 1;
        if (objective.measure() instanceof Measure.Throughput) {
            return wholly ? Optional.of(Judge.ofWindow(objective, evidence)) : Optional.empty();
        }
        return (objective.measure() instanceof Measure.Custom(var name, var _, var _)
                        ? evidence.tally().values(name).count() == 0
                        : evidence.tally().count() == 0 && !evidence.stalled())
                ? Optional.empty()
                : Optional.of(Judge.ofWindow(objective, evidence));
    }

    private Evidence evidence(Objective objective) {
        return evidence(objective, phase -> plan.inPhase(objective, phase));
    }

    private Evidence evidence(Objective objective, IntPredicate phases) {
        var tally = tally(Selection.of(objective), phases);
        long dropped = window.load().dropped();
        boolean own = phases.test(main);
        boolean all = Selection.of(objective).all();
        long time = 0;
        for (int phase = 0; phase < Math.max(plan.source().phases().size(), 1); phase++) {
            time += phases.test(phase) ? plan.time(facts, phase, window.start(), window.end(), main) : 0;
        }
        return new Evidence(
                tally,
                own && all ? dropped : 0,
                own && !all ? dropped : 0,
                time / 1e6,
                own && window.stalled(),
                !window.saturated().isEmpty());
    }

    /// Most objectives look at the same requests, and adding up those of many kinds is the work there is.
    private Tally tally(Selection selection, IntPredicate phases) {
        var inScope = window.tallies().keySet().stream()
                .map(RunWindow.Series::phase)
                .filter(phases::test)
                .collect(Collectors.toSet());
        return sums.computeIfAbsent(
                new Requests(selection, inScope),
                _ -> window.sum(phases, request -> selection.takes(plan.request(request))));
    }

    /// Returns the window in short: how every latency, error and availability objective stood, whatever its interval.
    public Row row() {
        var all = tally(Selection.ALL, _ -> true);
        var breached = new ArrayList<Integer>();
        var burns = new ArrayList<Budget.Burn>();
        boolean looked = false;
        for (int i = 0; i < plan.aims().size(); i++) {
            var aim = plan.aims().get(i);
            var holds = aim.objective().flatMap(this::holds);
            if (holds.isPresent() && !holds.get()) {
                breached.add(i);
            }
            looked |= holds.isPresent();
            aim.budget().ifPresent(budget -> burns.add(budget.burn(evidence(budget.objective()))));
        }
        return new Row(
                window.start(),
                window.end(),
                window.from(),
                main,
                all.count(),
                all.distribution(Measure.Latency.RESPONSE).percentile(95),
                all.bad(),
                !breached.isEmpty() ? Row.Standing.BREACHED : looked ? Row.Standing.HOLDS : Row.Standing.UNKNOWN,
                breached,
                burns);
    }

    /// Whether an objective holds whose breach is held against faults, whatever its interval.
    private Optional<Boolean> holds(Objective objective) {
        if (!Plan.breaches(objective.measure()) || objective.advisory()) {
            return Optional.empty();
        }
        IntPredicate phases = phase -> objective.scope().phase().isEmpty() || plan.inPhase(objective, phase);
        return Judge.holds(objective, evidence(objective, phases));
    }
}
