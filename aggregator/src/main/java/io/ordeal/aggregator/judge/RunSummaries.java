package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is told of a run beside its verdict: its requests, phases and generators.
final class RunSummaries {
    private final RunRecord run;
    private final Plan plan;

    RunSummaries(RunRecord run) {
        this.run = run;
        this.plan = run.plan();
    }

    List<RequestSummary> requests() {
        return run.requests().entrySet().stream()
                .map(entry -> {
                    var info = plan.request(entry.getKey());
                    var tally = entry.getValue();
                    var response = tally.distribution(Measure.Latency.RESPONSE);
                    var service = tally.distribution(Measure.Latency.SERVICE);
                    return new RequestSummary(
                            info.scenario(),
                            info.request(),
                            tally.outcomes(),
                            run.judgedSeconds() > 0 ? tally.count() / run.judgedSeconds() : 0,
                            response.summary(),
                            service.summary(),
                            response.encoded(),
                            service.encoded(),
                            tally.bytesOut(),
                            tally.bytesIn(),
                            tally.measures());
                })
                .toList();
    }

    List<PhaseSummary> phases(long first, long last) {
        var summaries = new ArrayList<PhaseSummary>();
        long loadStart = run.facts().loadStart(plan.source()).orElse(first);
        for (int i = 0; i < plan.source().phases().size(); i++) {
            var info = plan.source().phases().get(i);
            var tally = Optional.ofNullable(run.phases().get(i)).orElseGet(Tally::new);
            var start = run.facts().phaseStart(i);
            if (tally.count() == 0 && start.isEmpty()) {
                continue; // the run ended before it began
            }
            long from = start.orElse(loadStart + Micros.of(info.start()));
            long to = run.facts().phaseEnd(i).orElse(Math.min(from + Micros.of(info.duration()), Math.max(last, from)));
            summaries.add(new PhaseSummary(
                    info.name(),
                    info.judged(),
                    Micros.instant(from),
                    Micros.instant(to),
                    tally.count(),
                    tally.bad(),
                    tally.distribution(Measure.Latency.RESPONSE).summary()));
        }
        return summaries;
    }

    GeneratorSummary generator() {
        var pace = run.pace();
        return new GeneratorSummary(
                run.instances().size(),
                pace.delay(50),
                pace.delay(99),
                pace.maxDelay(),
                pace.lag(99),
                pace.maxLag(),
                run.windows().saturated());
    }
}
