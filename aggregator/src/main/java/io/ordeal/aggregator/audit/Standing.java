package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import java.util.ArrayList;
import java.util.List;

/// How the objectives on latency, errors and availability stood in one window, whatever their interval and however few
/// its requests.
///
/// @param looked whether at least one could be looked at
/// @param breached those that did not hold
record Standing(Span span, boolean looked, List<Terms.Goal> breached, long count, long bad, long p95) {
    static Standing of(Dossier dossier, Span span) {
        boolean looked = false;
        var breached = new ArrayList<Terms.Goal>();
        for (var goal : dossier.terms().goals()) {
            var objective = goal.objective().filter(Terms::tellsBreaches);
            var holds = objective.flatMap(each -> dossier.reach(each).holds(span));
            looked |= holds.isPresent();
            if (holds.isPresent() && !holds.get()) {
                breached.add(goal);
            }
        }
        var ended = span.slot().orElseThrow().ended();
        return new Standing(
                span,
                looked,
                breached,
                ended.count(),
                ended.bad(),
                ended.latencies(Measure.Latency.RESPONSE).percentile(95));
    }

    boolean breaches() {
        return !breached.isEmpty();
    }

    boolean holds() {
        return looked && breached.isEmpty();
    }
}
