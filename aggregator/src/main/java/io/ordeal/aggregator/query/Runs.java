package io.ordeal.aggregator.query;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The newest runs, and what hosts used meanwhile. Of bounded size: of many runs the one that was silent longest goes,
/// and only a few keep every window. Not thread-safe.
public final class Runs {
    /// How many runs are kept.
    static final int MOST = 50;

    private static final int MOST_IN_FULL = 4;
    private static final int MOST_PLANS = 1_000;

    private record Plan(RunObjectives objectives, Instant at) {}

    private final Map<String, RunView> runs = new TreeMap<>();
    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Usage usage = new Usage();

    /// Takes note of what a run is to hold.
    ///
    /// @param at when it was published
    public void add(RunObjectives objectives, Instant at) {
        plans.put(objectives.run(), new Plan(objectives, at));
        if (plans.size() > MOST_PLANS) {
            plans.remove(plans.keySet().iterator().next());
        }
        run(objectives.run()).plan(objectives, at);
        bound();
    }

    /// Takes note of an event; those that belong to no run say nothing here.
    public void add(LifecycleEvent event) {
        if (!event.run().isEmpty()) {
            run(event.run()).add(event);
            bound();
        }
    }

    /// Takes note of a closed window.
    public void add(WindowSummary window) {
        run(window.run()).add(window);
        bound();
    }

    /// Takes note of a verdict.
    public void add(VerdictEvent event) {
        run(event.run()).add(event);
        bound();
    }

    /// Takes note of what a host or process used.
    public void add(ResourceSample sample) {
        usage.add(sample);
    }

    /// Returns what is known of `run`.
    public Optional<RunView> find(String run) {
        return Optional.ofNullable(runs.get(run));
    }

    /// Returns all runs: those under way first, of each the newest first.
    public List<RunView> all(Instant now) {
        return runs.values().stream()
                .sorted(Comparator.comparing((RunView run) -> !underWay(run, now))
                        .thenComparing(Comparator.comparing(RunView::since).reversed()))
                .toList();
    }

    /// Returns what hosts and processes used.
    public Usage usage() {
        return usage;
    }

    private static boolean underWay(RunView run, Instant now) {
        return switch (run.state(now)) {
            case PREPARING, RUNNING, JUDGING -> true;
            case FINISHED, SILENT -> false;
        };
    }

    private RunView run(String id) {
        var known = runs.get(id);
        if (known != null) {
            return known;
        }
        var made = new RunView(id);
        runs.put(id, made);
        Optional.ofNullable(plans.get(id)).ifPresent(plan -> made.plan(plan.objectives, plan.at));
        return made;
    }

    private void bound() {
        if (runs.size() > MOST) {
            runs.values().stream().min(Comparator.comparing(RunView::heard)).ifPresent(run -> runs.remove(run.run()));
        }
        if (runs.size() > MOST_IN_FULL) {
            runs.values().stream()
                    .filter(run -> run.verdict().isEmpty())
                    .sorted(Comparator.comparing(RunView::heard).reversed())
                    .skip(MOST_IN_FULL)
                    .forEach(RunView::compact);
        }
    }
}
