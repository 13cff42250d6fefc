package io.ordeal.aggregator.query;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns.Fold;
import io.ordeal.aggregator.query.Columns.Full;
import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowVerdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the objectives of a run stand while it goes on, window by window. Not thread-safe.
public final class Standings {
    /// Where an objective is, before anything is judged.
    public enum Where {
        OUT,
        IN,
        WAITING
    }

    /// How one objective stands.
    ///
    /// @param scope in words
    /// @param observed in the newest window that could be judged
    /// @param windows judged
    /// @param windowsOut of those
    /// @param reason why it was out, or what it waits for
    public record Standing(
            String name,
            String expression,
            String scope,
            Where where,
            Optional<Double> observed,
            double limit,
            Unit unit,
            long windows,
            long windowsOut,
            String reason) {}

    /// A limit of the latency of all requests.
    ///
    /// @param micros where it is
    public record Limit(String name, double micros, boolean out) {}

    /// The marks of windows: how the worst objective stood.
    public static final float HELD = 1;

    /// An objective that only warns was out.
    public static final float WARNED = 2;

    /// An objective was out.
    public static final float BROKEN = 3;

    private Columns ribbon = ribbon(1_000_000);
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        private final String expression;
        private final Optional<Objective> objective;
        private Where where = Where.WAITING;
        private Optional<Double> observed = Optional.empty();
        private Optional<Double> limit = Optional.empty();
        private String reason = "";
        private Instant newest = Instant.MIN;
        private long windows;
        private long windowsOut;

        Entry(String expression) {
            this.expression = expression;
            this.objective = parsed(expression);
        }

        private static Optional<Objective> parsed(String expression) {
            try {
                return Optional.of(ObjectiveParser.parse(expression));
            } catch (MalformedObjective _) {
                return Optional.empty(); // the verdict says so
            }
        }

        private void add(WindowVerdict verdict) {
            boolean judged = verdict.verdict() != Verdict.INCONCLUSIVE;
            boolean out = verdict.verdict() == Verdict.FAIL || verdict.verdict() == Verdict.WARN;
            limit = Optional.of(verdict.limit());
            windows += judged ? 1 : 0;
            windowsOut += out ? 1 : 0;
            if (verdict.start().isBefore(newest)) {
                return;
            }
            newest = verdict.start();
            reason = verdict.reason();
            if (judged) {
                where = out ? Where.OUT : Where.IN;
                observed = verdict.observed();
            }
        }

        private Standing standing(String name) {
            return new Standing(
                    name,
                    expression,
                    objective.map(one -> one.scope().text()).orElse(""),
                    where,
                    observed,
                    objective.map(Objective::limit).or(() -> limit).orElse(Double.NaN),
                    objective.map(one -> one.measure().unit()).orElse(Unit.NUMBER),
                    windows,
                    windowsOut,
                    reason);
        }
    }

    private static Columns ribbon(long window) {
        return new Columns(window, Traffic.MOST_ROWS, Full.WIDEN, Fold.MAX);
    }

    void plan(List<ObjectiveSpec> specs) {
        specs.forEach(spec -> entries.computeIfAbsent(spec.name(), _ -> new Entry(spec.expression())));
    }

    /// Returns where the objective stood before and where it stands now.
    Change add(WindowVerdict verdict) {
        var entry = entries.computeIfAbsent(verdict.objective(), Entry::new);
        var before = entry.where;
        entry.add(verdict);
        if (ribbon.rows() == 0 && ribbon.step() != Micros.of(verdict.length())) {
            ribbon = ribbon(Micros.of(verdict.length()));
        }
        switch (verdict.verdict()) {
            case PASS -> ribbon.put(Micros.of(verdict.start()), HELD);
            case WARN -> ribbon.put(Micros.of(verdict.start()), WARNED);
            case FAIL -> ribbon.put(Micros.of(verdict.start()), BROKEN);
            case INCONCLUSIVE -> {
                // nothing was judged
            }
        }
        return new Change(before, entry.where);
    }

    record Change(Where before, Where now) {}

    void compact() {
        ribbon.keep(Traffic.FINISHED_ROWS);
    }

    /// Returns the objectives as the campaign has them.
    public List<Standing> all() {
        return entries.entrySet().stream()
                .map(entry -> entry.getValue().standing(entry.getKey()))
                .toList();
    }

    /// Returns the limits of the latency of all requests, at most two, those that are out first.
    public List<Limit> limits() {
        return entries.entrySet().stream()
                .flatMap(entry -> entry.getValue().objective.stream()
                        .filter(objective -> objective.of().isEmpty())
                        .filter(objective -> switch (objective.measure()) {
                            case Measure.Percentile _, Measure.Mean _, Measure.Maximum _ -> true;
                            case Measure _ -> false;
                        })
                        .map(objective -> new Limit(
                                entry.getKey(), objective.limit() * 1e6, entry.getValue().where == Where.OUT)))
                .sorted((a, b) -> Boolean.compare(b.out(), a.out()))
                .limit(2)
                .toList();
    }

    /// Returns a mark for each window in which an objective was judged.
    public Columns ribbon() {
        return ribbon;
    }
}
