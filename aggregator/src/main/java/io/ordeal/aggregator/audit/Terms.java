package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import java.util.List;
import java.util.Optional;

/// What was agreed before the run: objectives, phases, names, the length of a window.
final class Terms {
    private final RunObjectives source;
    private final List<Goal> goals;
    private final long window;

    /// One objective.
    ///
    /// @param objective empty where it cannot be read
    record Goal(ObjectiveSpec spec, Optional<Objective> objective) {
        String name() {
            return spec.name();
        }
    }

    Terms(RunObjectives source) {
        this.source = source;
        this.window = Math.max(Micros.of(source.window()), 1);
        this.goals = source.objectives().stream().map(Terms::read).toList();
    }

    private static Goal read(ObjectiveSpec spec) {
        try {
            return new Goal(spec, Optional.of(ObjectiveParser.parse(spec.expression())));
        } catch (MalformedObjective _) {
            return new Goal(spec, Optional.empty());
        }
    }

    RunObjectives source() {
        return source;
    }

    List<Goal> goals() {
        return goals;
    }

    /// Whether the requests of a window say how `measure` stands in it.
    static boolean ofRequests(Measure measure) {
        return switch (measure) {
            case Measure.Percentile _,
                    Measure.Mean _,
                    Measure.Maximum _,
                    Measure.ErrorRatio _,
                    Measure.Availability _,
                    Measure.Throughput _,
                    Measure.Custom _ -> true;
            case Measure.Recovery _, Measure.TimeToTrip _, Measure.QueueDrain _, Measure.Level _, Measure.Slope _ ->
                false;
        };
    }

    /// Whether breaches and recovery are told by `objective`: it is on latency, errors or availability, and not
    /// advisory.
    static boolean tellsBreaches(Objective objective) {
        return !objective.advisory()
                && switch (objective.measure()) {
                    case Measure.Percentile _,
                            Measure.Mean _,
                            Measure.Maximum _,
                            Measure.ErrorRatio _,
                            Measure.Availability _ -> true;
                    case Measure _ -> false;
                };
    }

    /// Returns the length of a window, microseconds.
    long window() {
        return window;
    }

    /// Returns the start of the window that `micros` falls into.
    long windowOf(long micros) {
        return Math.floorDiv(micros, window) * window;
    }

    int phases() {
        return source.phases().size();
    }

    private boolean planned(int phase) {
        return phase >= 0 && phase < phases();
    }

    String phaseName(int phase) {
        return planned(phase) ? source.phases().get(phase).name() : "#" + phase;
    }

    boolean judged(int phase) {
        return planned(phase) && source.phases().get(phase).judged();
    }

    RequestInfo request(int request) {
        return request >= 0 && request < source.requests().size()
                ? source.requests().get(request)
                : new RequestInfo("#", "#" + request);
    }

    /// Whether a phase counts for `objective`.
    boolean counts(Objective objective, int phase) {
        return objective
                .scope()
                .phase()
                .map(name -> name.equals(phaseName(phase)))
                .orElseGet(() -> judged(phase));
    }

    /// Whether a kind of request counts for `objective`, in whatever phase.
    boolean concerns(Objective objective, int request) {
        var info = request(request);
        boolean named = objective
                .of()
                .map(name -> name.equals(info.scenario()) || name.equals(info.scenario() + "/" + info.request()))
                .orElse(true);
        return named && objective.scope().tag().map(tag -> tagged(info, tag)).orElse(true);
    }

    private static boolean tagged(RequestInfo info, Scope.Tag tag) {
        return tag.value().equals(info.tags().get(tag.key()));
    }

    /// Whether every request counts, so that one that was dropped is one of them.
    static boolean concernsAll(Objective objective) {
        return objective.of().isEmpty() && objective.scope().tag().isEmpty();
    }

    /// Returns how much of the time from `start` to `end` belongs to `phase`, microseconds.
    ///
    /// @param otherwise the phase that all of it belongs to where the start of the load is not known
    long time(Story story, int phase, long start, long end, int otherwise) {
        var loadStart = story.loadStart(source);
        if (loadStart.isEmpty() || !planned(phase)) {
            return phase == otherwise ? end - start : 0;
        }
        long from = loadStart.get() + Micros.of(source.phases().get(phase).start());
        long to = from + Micros.of(source.phases().get(phase).duration());
        return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }

    /// Returns the phase that is under way by plan at `instant`.
    Optional<Integer> phaseAt(Story story, long instant) {
        return story.loadStart(source).flatMap(loadStart -> {
            for (int phase = 0; phase < phases(); phase++) {
                var info = source.phases().get(phase);
                long from = loadStart + Micros.of(info.start());
                if (from <= instant && instant < from + Micros.of(info.duration())) {
                    return Optional.of(phase);
                }
            }
            return Optional.empty();
        });
    }

    /// Returns the planned length of the load, microseconds.
    long length() {
        return source.phases().stream()
                .mapToLong(phase -> Micros.of(phase.start()) + Micros.of(phase.duration()))
                .max()
                .orElse(0);
    }

    /// Returns the length of a step of time: the smallest of window, 2 windows, 4 windows ... of which at most 1,000
    /// make up the load.
    long step() {
        long step = window;
        while (Math.ceilDiv(length(), step) > 1000) {
            step *= 2;
        }
        return step;
    }
}
