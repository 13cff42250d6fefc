package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// Whether an instant is in the scope of an objective: in a phase that counts, by plan, and in the interval.
final class InScope implements LongPredicate {
    private final Facts facts;
    private final Scope.Interval interval;
    private final List<Span> spans = new ArrayList<>();

    /// A time from `from` to just before `to`, microseconds since the epoch.
    record Span(long from, long to) {}

    InScope(Objective objective, Plan plan, Facts facts) {
        this.facts = facts;
        this.interval = objective.scope().interval();
        for (int phase = 0; phase < plan.source().phases().size(); phase++) {
            if (plan.inPhase(objective, phase)) {
                spans.addAll(span(plan, facts, phase));
            }
        }
    }

    /// Returns when a phase is under way by plan, or nothing as long as the start of the load is not known.
    private static List<Span> span(Plan plan, Facts facts, int phase) {
        var info = plan.source().phases().get(phase);
        return facts.loadStart(plan.source())
                .map(start -> start + Micros.of(info.start()))
                .map(from -> List.of(new Span(from, from + Micros.of(info.duration()))))
                .orElse(List.of());
    }

    /// Returns when the phases in scope are under way by plan.
    List<Span> spans() {
        return spans;
    }

    @Override
    public boolean test(long at) {
        return spans.stream().anyMatch(span -> at >= span.from && at < span.to)
                && Plan.covers(interval, facts, at, at, at + 1);
    }
}
