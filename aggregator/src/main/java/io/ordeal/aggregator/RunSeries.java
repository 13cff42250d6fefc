package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.Rules;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The series of one run: everything since this process took it up.
final class RunSeries {
    /// Bounds of classic buckets in seconds; the limits of the objectives come on top.
    private static final List<Double> LADDER = List.of(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0,
            60.0);

    private final Plan plan;
    private final TreeSet<Double> bounds = new TreeSet<>(LADDER);
    private final Map<RunWindow.Series, Tally> requests = new TreeMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, FaultState> faults = new LinkedHashMap<>();
    private final Map<ClosedBy, Long> closed = new EnumMap<>(ClosedBy.class);
    private RunWindow.Load load = RunWindow.Load.NONE;
    private long aggregated;
    private long lost;
    private long late;
    private Optional<Instant> endedAt = Optional.empty();

    /// Whether a fault acts now, and its labels.
    record FaultState(String kind, String target, boolean active) {}

    RunSeries(Plan plan) {
        this.plan = plan;
        for (var aim : plan.aims()) {
            aim.objective().ifPresent(objective -> {
                switch (objective.measure()) {
                    case Measure.Percentile _, Measure.Mean _, Measure.Maximum _ -> bounds.add(objective.limit());
                    case Measure _ -> {}
                }
            });
        }
        for (int phase = 0; phase < plan.source().phases().size(); phase++) {
            for (int request = 0; request < Math.min(plan.source().requests().size(), Rules.REQUESTS); request++) {
                requests.put(new RunWindow.Series(phase, request), new Tally());
            }
        }
        for (var reason : ClosedBy.values()) {
            closed.put(reason, 0L);
        }
    }

    void window(RunWindow window, ClosedBy closedBy, long lateSoFar) {
        late = Math.max(late, lateSoFar);
        closed.merge(closedBy, 1L, Long::sum);
        window.tallies()
                .forEach((series, tally) ->
                        requests.computeIfAbsent(series, _ -> new Tally()).add(tally));
        load = load.plus(window.load());
        aggregated += window.count();
        lost += Math.max(window.load().completed() - window.count(), 0);
    }

    void verdict(String objective, Verdict verdict) {
        verdicts.put(objective, verdict);
    }

    void fact(LifecycleEvent.Event event) {
        switch (event) {
            case LifecycleEvent.FaultApplied(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, true));
            case LifecycleEvent.FaultReverted(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, false));
            case LifecycleEvent.Event _ -> {}
        }
    }

    void end(RunVerdict verdict, Instant at) {
        late = Math.max(late, verdict.lateEvents());
        faults.replaceAll((_, fault) -> new FaultState(fault.kind(), fault.target(), false));
        endedAt = Optional.of(at);
    }

    boolean endedBefore(Instant instant) {
        return endedAt.filter(at -> at.isBefore(instant)).isPresent();
    }

    Plan plan() {
        return plan;
    }

    NavigableSet<Double> bounds() {
        return bounds;
    }

    Map<RunWindow.Series, Tally> requests() {
        return requests;
    }

    Map<String, Verdict> verdicts() {
        return verdicts;
    }

    Map<String, FaultState> faults() {
        return faults;
    }

    Map<ClosedBy, Long> closed() {
        return closed;
    }

    RunWindow.Load load() {
        return load;
    }

    long aggregated() {
        return aggregated;
    }

    long lost() {
        return lost;
    }

    long late() {
        return late;
    }
}
