package io.ordeal.aggregator.audit;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.Proportions;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.BurnAlert;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The budget of bad requests of one objective.
final class Budget {
    private static final int FEWEST_WINDOWS = 5;
    private static final int SHORT = 12;

    private final Dossier dossier;
    private final Reach reach;
    private final double allowed;
    private final TreeMap<Long, Spent> windows = new TreeMap<>();

    /// How many requests counted, and how many of them were bad.
    record Spent(long total, long bad) {
        static Spent together(Collection<Spent> parts) {
            return new Spent(
                    parts.stream().mapToLong(Spent::total).sum(),
                    parts.stream().mapToLong(Spent::bad).sum());
        }
    }

    /// Burning at `threshold` or faster would spend the budget before the end.
    private record Pair(double threshold, double longPart) {}

    private static final List<Pair> PAIRS =
            List.of(new Pair(14.4, 720), new Pair(6, 120), new Pair(3, 30), new Pair(1, 10));

    Budget(Dossier dossier, Reach reach) {
        this.dossier = dossier;
        this.reach = reach;
        this.allowed = allowed(reach.objective());
        dossier.told().stream().filter(reach::covers).forEach(span -> {
            var spent = spent(span);
            if (spent.total > 0) {
                windows.put(span.start(), spent);
            }
        });
    }

    private static double allowed(Objective objective) {
        var limit = new BigDecimal(Double.toString(objective.limit()));
        return switch (objective.measure()) {
            case Measure.ErrorRatio _ -> limit.doubleValue();
            case Measure.Availability _ -> BigDecimal.ONE.subtract(limit).doubleValue();
            case Measure.Percentile(double rank, var _) ->
                BigDecimal.ONE
                        .subtract(new BigDecimal(Double.toString(rank)).movePointLeft(2))
                        .doubleValue();
            case Measure other -> throw new IllegalArgumentException("it has no budget: " + other);
        };
    }

    private Spent spent(Span span) {
        var evidence = reach.evidence(span);
        var ended = evidence.ended();
        return switch (reach.objective().measure()) {
            case Measure.Availability _ -> new Spent(ended.count() + evidence.unmet(), ended.bad() + evidence.unmet());
            case Measure.Percentile(var _, var which) ->
                new Spent(ended.count(), ended.count() - ended.latencies(which).within(reach.objective()));
            case Measure _ -> new Spent(ended.count(), ended.bad());
        };
    }

    BudgetVerdict verdict() {
        var all = Spent.together(windows.values());
        return new BudgetVerdict(allowed, all.total, all.bad, share(all.bad), alerts());
    }

    /// Returns which part of the whole budget was spent in windows that begin at `starts`.
    double share(Collection<Long> starts) {
        var there = starts.stream()
                .flatMap(start -> Optional.ofNullable(windows.get(start)).stream())
                .toList();
        return share(Spent.together(there).bad);
    }

    private double share(long bad) {
        return bad == 0 ? 0 : bad / (allowed * Spent.together(windows.values()).total);
    }

    private List<BurnAlert> alerts() {
        var alerts = new ArrayList<BurnAlert>();
        double planned = planned();
        for (var pair : PAIRS) {
            long longWindow = whole(planned / pair.longPart);
            long shortWindow = whole(planned / pair.longPart / SHORT);
            if (longWindow >= FEWEST_WINDOWS * dossier.terms().window()) {
                alert(pair.threshold, longWindow, shortWindow).ifPresent(alerts::add);
            }
        }
        return alerts;
    }

    /// Returns the planned length of the phases in scope, microseconds.
    private double planned() {
        double sum = 0;
        for (int phase = 0; phase < dossier.terms().phases(); phase++) {
            sum += reach.counts(phase)
                    ? Micros.of(dossier.terms().source().phases().get(phase).duration())
                    : 0;
        }
        return sum;
    }

    private long whole(double time) {
        return (long) Math.ceil(time / dossier.terms().window())
                * dossier.terms().window();
    }

    private Optional<BurnAlert> alert(double threshold, long longWindow, long shortWindow) {
        long times = 0;
        long first = 0;
        double greatest = 0;
        for (long start : windows.keySet()) {
            long end = start + dossier.terms().window();
            if (end - windows.firstKey() < longWindow) {
                continue;
            }
            var over = before(end, longWindow);
            greatest = Math.max(greatest, (double) over.bad / over.total / allowed);
            if (burns(over, threshold) && burns(before(end, shortWindow), threshold)) {
                first = times == 0 ? end : first;
                times++;
            }
        }
        return times == 0
                ? Optional.empty()
                : Optional.of(new BurnAlert(
                        threshold,
                        Micros.duration(longWindow),
                        Micros.duration(shortWindow),
                        Micros.instant(first),
                        times,
                        greatest));
    }

    private Spent before(long end, long length) {
        return Spent.together(windows.subMap(end - length, end).values());
    }

    private boolean burns(Spent spent, double threshold) {
        return Proportions.ratio(spent.bad, spent.total, 0.95)
                .map(Interval::low)
                .filter(low -> low / allowed >= threshold)
                .isPresent();
    }
}
