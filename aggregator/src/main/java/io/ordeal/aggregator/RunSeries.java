package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.Rules;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.WindowSummaries;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The series of one run: everything since this process took it up.
final class RunSeries {
    /// Where what has no room for series of its own is counted together.
    static final RunWindow.Series REST = new RunWindow.Series(-1, -1);

    /// Bounds of classic buckets in seconds; the limits of the objectives come on top.
    private static final List<Double> LADDER = List.of(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0,
            60.0);

    private final Plan plan;
    private final Room room;
    private final double[] bounds;
    private final Facts facts;
    private final Map<RunWindow.Series, RequestSeries> requests = new TreeMap<>();
    private final Map<MeasureSeries.Key, MeasureSeries> measures = new LinkedHashMap<>();
    private final Map<String, ObjectiveSeries> objectives = new LinkedHashMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, FaultState> faults = new LinkedHashMap<>();
    private final Map<ClosedBy, Long> closed = new EnumMap<>(ClosedBy.class);
    private final Set<Object> refused = new HashSet<>();
    private RunWindow.Load load = RunWindow.Load.NONE;
    private long aggregated;
    private long lost;
    private long late;
    private long saturated;
    private Optional<Instant> newest = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();

    /// Whether a fault acts now, and its labels.
    record FaultState(String kind, String target, boolean active) {}

    RunSeries(Plan plan, Room room) {
        this.plan = plan;
        this.room = room;
        this.facts = new Facts();
        this.bounds = bounds(plan);
        plan.aims().forEach(aim -> ObjectiveSeries.of(aim).ifPresent(each -> objectives.put(each.name(), each)));
        for (int phase = 0; phase < plan.source().phases().size(); phase++) {
            for (int request = 0; request < Math.min(plan.source().requests().size(), Rules.REQUESTS); request++) {
                var _ = request(new RunWindow.Series(phase, request));
            }
        }
        for (var reason : ClosedBy.values()) {
            closed.put(reason, 0L);
        }
    }

    /// A copy.
    private RunSeries(RunSeries source) {
        plan = source.plan;
        room = source.room;
        facts = source.facts;
        bounds = source.bounds;
        source.requests.forEach((series, each) -> requests.put(series, each.copy()));
        measures.putAll(source.measures);
        source.objectives.forEach((name, each) -> objectives.put(name, each.copy()));
        verdicts.putAll(source.verdicts);
        faults.putAll(source.faults);
        closed.putAll(source.closed);
        refused.addAll(source.refused);
        load = source.load;
        aggregated = source.aggregated;
        lost = source.lost;
        late = source.late;
        saturated = source.saturated;
        newest = source.newest;
        verdict = source.verdict;
        endedAt = source.endedAt;
    }

    private static double[] bounds(Plan plan) {
        var bounds = new TreeSet<>(LADDER);
        for (var aim : plan.aims()) {
            aim.objective().ifPresent(objective -> {
                switch (objective.measure()) {
                    case Measure.Percentile _, Measure.Mean _, Measure.Maximum _ -> bounds.add(objective.limit());
                    case Measure _ -> {}
                }
            });
        }
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Returns the same as it is now, to be read while this one goes on.
    RunSeries copy() {
        return new RunSeries(this);
    }

    void window(RunWindow window, ClosedBy closedBy, long lateSoFar) {
        late = Math.max(late, lateSoFar);
        closed.merge(closedBy, 1L, Long::sum);
        saturated += window.saturated().isEmpty() ? 0 : 1;
        newest = Optional.of(Micros.instant(window.end()));
        window.tallies().forEach((series, tally) -> request(series).add(tally));
        objectives.values().forEach(objective -> objective.window(plan, facts, window));
        load = load.plus(window.load());
        aggregated += window.count();
        lost += Math.max(window.load().completed() - window.count(), 0);
    }

    private RequestSeries request(RunWindow.Series series) {
        var known = requests.get(series);
        if (known != null) {
            return known;
        }
        if (room.take()) {
            var own = RequestSeries.empty(bounds);
            requests.put(series, own);
            return own;
        }
        refused.add(series);
        return requests.computeIfAbsent(REST, _ -> RequestSeries.empty(bounds));
    }

    void summary(WindowSummary summary) {
        if (summary.request().equals(WindowSummaries.ALL)) {
            return;
        }
        for (var measure : summary.measures()) {
            var key = new MeasureSeries.Key(summary.phase(), summary.scenario(), summary.request(), measure.name());
            if (measures.containsKey(key) || room.take()) {
                measures.merge(key, MeasureSeries.of(measure), MeasureSeries::then);
            } else {
                refused.add(key);
            }
        }
    }

    void verdict(String objective, Verdict drawn) {
        verdicts.put(objective, drawn);
    }

    void fact(LifecycleEvent event) {
        facts.accept(event);
        switch (event.event()) {
            case LifecycleEvent.FaultApplied(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, true));
            case LifecycleEvent.FaultReverted(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, false));
            case LifecycleEvent.Event _ -> {}
        }
    }

    void end(RunVerdict drawn, Instant at) {
        late = Math.max(late, drawn.lateEvents());
        verdict = Optional.of(drawn.verdict());
        for (var objective : drawn.objectives()) {
            verdicts.put(objective.name(), objective.verdict());
            objective.budget().ifPresent(budget -> {
                var series = objectives.get(objective.name());
                if (series != null) {
                    series.told(budget.spent());
                }
            });
        }
        faults.replaceAll((_, fault) -> new FaultState(fault.kind(), fault.target(), false));
        endedAt = Optional.of(at);
    }

    boolean endedBefore(Instant instant) {
        return endedAt.filter(at -> at.isBefore(instant)).isPresent();
    }

    /// Gives back the room that it took.
    void leave() {
        room.give(requests.size() - (requests.containsKey(REST) ? 1 : 0) + measures.size());
    }

    Plan plan() {
        return plan;
    }

    Map<RunWindow.Series, RequestSeries> requests() {
        return requests;
    }

    Map<MeasureSeries.Key, MeasureSeries> measures() {
        return measures;
    }

    Iterable<ObjectiveSeries> objectives() {
        return objectives.values();
    }

    Map<String, Verdict> verdicts() {
        return verdicts;
    }

    /// Returns the verdict on the run, once it is drawn.
    Optional<Verdict> verdict() {
        return verdict;
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

    /// Returns in how many windows the generators could not keep their schedule.
    long saturated() {
        return saturated;
    }

    /// Returns how many kinds of requests and measures have no series of their own.
    int refused() {
        return refused.size();
    }

    /// Returns the end of the newest window that has closed, while the run is under way.
    Optional<Instant> newest() {
        return endedAt.isPresent() ? Optional.empty() : newest;
    }
}
