package io.ordeal.aggregator.judge;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.WindowVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The judge of one window.
public final class WindowJudge {
    private final RunWindow window;
    private final Plan plan;
    private final Facts facts;
    private final int main;

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
                            finding.verdict(),
                            finding.reason())));
        }
        return verdicts;
    }

    /// Returns how the objective stands, or empty where the window does not count for it.
    public Optional<Finding> finding(Objective objective) {
        if (!Plan.covers(objective.scope().interval(), facts, window.start(), window.from(), window.end())) {
            return Optional.empty();
        }
        var evidence = evidence(objective, phase -> plan.inPhase(objective, phase));
        boolean wholly = evidence.seconds() * 1e6 >= window.end() - window.start() - 1;
        if (objective.measure() instanceof Measure.Throughput) {
            return wholly ? Optional.of(Judge.ofWindow(objective, evidence)) : Optional.empty();
        }
        return evidence.tally().count() == 0 && !evidence.stalled()
                ? Optional.empty()
                : Optional.of(Judge.ofWindow(objective, evidence));
    }

    private Evidence evidence(Objective objective, IntPredicate phases) {
        var tally = window.sum(phases, request -> plan.ofRequest(objective, request));
        long dropped = window.load().dropped();
        boolean own = phases.test(main);
        boolean all = objective.of().isEmpty();
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

    /// Returns the window in short: how every latency, error and availability objective stood, whatever its interval.
    public Row row() {
        var all = window.sum(_ -> true, _ -> true);
        var standing = Row.Standing.UNKNOWN;
        for (var aim : plan.windowAims()) {
            var objective = aim.objective().orElseThrow();
            if (objective.measure() instanceof Measure.Throughput) {
                continue;
            }
            IntPredicate phases = phase -> objective.scope().phase().isEmpty() || plan.inPhase(objective, phase);
            var holds = Judge.holds(objective, evidence(objective, phases));
            if (holds.isPresent()) {
                standing =
                        holds.get() && standing != Row.Standing.BREACHED ? Row.Standing.HOLDS : Row.Standing.BREACHED;
            }
        }
        return new Row(
                window.start(),
                window.end(),
                window.from(),
                all.count(),
                all.distribution(Measure.Latency.RESPONSE).percentile(95),
                all.count() - all.count(Outcome.OK),
                standing);
    }
}
