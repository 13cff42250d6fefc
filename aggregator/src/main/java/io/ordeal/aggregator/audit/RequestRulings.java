package io.ordeal.aggregator.audit;

import io.ordeal.aggregator.statistics.Proportions;
import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Verdict;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/// How objectives on requests stand over a run.
final class RequestRulings {
    private static final double TWO_SIDED = 1.96;

    private final Dossier dossier;

    RequestRulings(Dossier dossier) {
        this.dossier = dossier;
    }

    Ruling of(Objective objective) {
        var reach = dossier.reach(objective);
        var windows = WindowFindings.of(reach, dossier.told());
        if (objective.form() == Form.PER_WINDOW) {
            return Ruling.of(windows.together()).with(windows);
        }
        var evidence = evidence(reach);
        var ruling = Ruling.of(RequestJudge.ofRun(objective, evidence)).with(windows);
        var told = ends(objective.measure(), evidence).map(ruling::with).orElse(ruling);
        return objective.form() == Form.BUDGET ? budget(reach, told) : told;
    }

    /// A budget that burned too fast warns, where the objective holds.
    private Ruling budget(Reach reach, Ruling ruling) {
        var budget = new Budget(dossier, reach).verdict();
        boolean warns =
                ruling.finding().verdict() == Verdict.PASS && !budget.alerts().isEmpty();
        return (warns ? ruling.with(Verdict.WARN) : ruling).with(budget);
    }

    /// Returns what all windows in scope say together, with what the whole run does not know.
    private Evidence evidence(Reach reach) {
        var spans = dossier.spans().stream().filter(reach::covers).toList();
        long dropped = spans.stream().mapToLong(reach::dropped).sum();
        boolean all = Terms.concernsAll(reach.objective());
        return new Evidence(
                Ended.together(spans.stream().map(reach::requests).toList()),
                all ? dropped : 0,
                (all ? 0 : dropped) + dossier.account().unknown(),
                spans.stream().mapToLong(reach::time).sum(),
                false,
                dossier.tooSaturated());
    }

    private static Optional<Ruling.Ends> ends(Measure measure, Evidence evidence) {
        var ended = evidence.ended();
        return switch (measure) {
            case Measure.Percentile(double rank, var which) -> {
                var latencies = ended.latencies(which);
                yield ofRank(rank, latencies.count(), at -> latencies.at(at) / 1e6);
            }
            case Measure.Custom(var name, Statistic.Rank(double percent), var _) -> {
                var values = ended.values(name);
                yield ofRank(percent, values.count(), values::at);
            }
            case Measure.ErrorRatio _ -> ofRatio(ended.bad(), ended.count());
            case Measure.Availability _ when ended.count() > 0 -> ofRatio(ended.ok(), ended.count() + evidence.unmet());
            case Measure _ -> Optional.empty();
        };
    }

    private static Optional<Ruling.Ends> ofRank(double percent, long count, LongToDoubleFunction at) {
        if (count == 0) {
            return Optional.empty();
        }
        double part = percent / 100;
        double reach = TWO_SIDED * Math.sqrt(count * part * (1 - part));
        long low = (long) Math.floor(count * part - reach);
        long high = (long) Math.ceil(count * part + reach);
        return Optional.of(new Ruling.Ends(
                at.applyAsDouble(Math.clamp(low, 1, count)), at.applyAsDouble(Math.clamp(high, 1, count))));
    }

    private static Optional<Ruling.Ends> ofRatio(long part, long whole) {
        return Proportions.ratio(part, whole, 0.95).map(interval -> new Ruling.Ends(interval.low(), interval.high()));
    }
}
