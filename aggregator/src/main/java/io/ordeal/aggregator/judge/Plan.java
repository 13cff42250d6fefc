package io.ordeal.aggregator.judge;

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
import java.util.stream.Stream;

/// The objectives of a run, read once, with the questions that judging asks of them.
public final class Plan {
    private final RunObjectives source;
    private final List<Aim> aims;
    private final List<Selection> selections;
    private final long window;

    /// One objective: its text, and what it says unless it cannot be read.
    ///
    /// @param problem why it cannot be read, or an empty string
    public record Aim(ObjectiveSpec spec, Optional<Objective> objective, String problem) {
        /// Whether it only warns.
        public boolean advisory() {
            return objective.filter(Objective::advisory).isPresent();
        }

        /// Returns the budget that it is, or empty where it is none.
        public Optional<Budget> budget() {
            return objective.flatMap(Budget::of);
        }
    }

    /// Reads the objectives of `source`.
    public Plan(RunObjectives source) {
        this.source = source;
        this.window = Math.max(Micros.of(source.window()), 1);
        this.aims = source.objectives().stream().map(Plan::read).toList();
        this.selections = Stream.concat(
                        Stream.of(Selection.ALL),
                        aims.stream().flatMap(aim -> aim.objective().stream()).map(Selection::of))
                .distinct()
                .toList();
    }

    private static Aim read(ObjectiveSpec spec) {
        try {
            return new Aim(spec, Optional.of(ObjectiveParser.parse(spec.expression())), "");
        } catch (MalformedObjective e) {
            return new Aim(spec, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /// Returns what was published.
    public RunObjectives source() {
        return source;
    }

    /// Returns the objectives, in the order of the campaign.
    public List<Aim> aims() {
        return aims;
    }

    /// Returns the objectives that could be read and that windows are judged by.
    public List<Aim> windowAims() {
        return aims.stream()
                .filter(aim -> aim.objective()
                        .filter(objective -> ofWindows(objective.measure()))
                        .isPresent())
                .toList();
    }

    /// Whether the requests of windows say how a measure stands.
    public static boolean ofWindows(Measure measure) {
        return switch (measure) {
            case Measure.Percentile _,
                    Measure.Mean _,
                    Measure.Maximum _,
                    Measure.ErrorRatio _,
                    Measure.Availability _,
                    Measure.Throughput _,
                    Measure.Custom _ -> true;
            case Measure _ -> false;
        };
    }

    /// Whether a window is breached when an objective on the measure does not hold: latency, errors and availability.
    public static boolean breaches(Measure measure) {
        return ofWindows(measure) && !(measure instanceof Measure.Throughput || measure instanceof Measure.Custom);
    }

    /// Returns the selections of requests that the objectives make, all requests first.
    public List<Selection> selections() {
        return selections;
    }

    /// Returns the name of the objective at `place`.
    public String nameOf(int place) {
        return aims.get(place).spec().name();
    }

    /// Returns the length of a window, microseconds.
    public long window() {
        return window;
    }

    /// Returns the start of the window that `micros` falls into.
    public long windowOf(long micros) {
        return Math.floorDiv(micros, window) * window;
    }

    /// Returns the name of a phase, also for an index that the plan does not know.
    public String phaseName(int phase) {
        return phase >= 0 && phase < source.phases().size()
                ? source.phases().get(phase).name()
                : "#" + phase;
    }

    /// Returns the names of a request, also for an index that the plan does not know.
    public RequestInfo request(int request) {
        return request >= 0 && request < source.requests().size()
                ? source.requests().get(request)
                : new RequestInfo("#", "#" + request);
    }

    /// Whether the phase is judged.
    public boolean judged(int phase) {
        return phase >= 0
                && phase < source.phases().size()
                && source.phases().get(phase).judged();
    }

    /// Whether requests of the phase count for the objective.
    public boolean inPhase(Objective objective, int phase) {
        return objective
                .scope()
                .phase()
                .map(name -> name.equals(phaseName(phase)))
                .orElseGet(() -> judged(phase));
    }

    /// Whether the request counts for the objective, in whatever phase.
    public boolean ofRequest(Objective objective, int request) {
        return Selection.of(objective).takes(request(request));
    }

    /// Returns the planned length of the phases that count for the objective, microseconds.
    public long planned(Objective objective) {
        long length = 0;
        for (int phase = 0; phase < source.phases().size(); phase++) {
            length += inPhase(objective, phase)
                    ? Micros.of(source.phases().get(phase).duration())
                    : 0;
        }
        return length;
    }

    /// Returns the step of the load that the time from `start` to `end` lies in as a whole.
    public Optional<StepSum.Place> step(Facts facts, long start, long end) {
        var loadStart = facts.loadStart(source);
        for (int phase = 0; phase < source.phases().size() && loadStart.isPresent(); phase++) {
            var info = source.phases().get(phase);
            for (int step = 0; step < info.steps().size(); step++) {
                var each = info.steps().get(step);
                long from = loadStart.get() + Micros.of(info.start()) + Micros.of(each.start());
                if (from <= start && end <= from + Micros.of(each.duration())) {
                    return Optional.of(new StepSum.Place(phase, step));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether a window from `start` to `end`, whose earliest request was sent at `from`, lies in `interval`.
    public static boolean covers(Scope.Interval interval, Facts facts, long start, long from, long end) {
        return switch (interval) {
            case Scope.Whole _ -> true;
            case Scope.OutsideFaults _ -> facts.faults().stream().noneMatch(fault -> fault.overlaps(from, end));
            case Scope.DuringFaults(var id) ->
                facts.faults().stream()
                        .filter(fault -> id.isEmpty() || id.get().equals(fault.id()))
                        .anyMatch(fault -> fault.overlaps(from, end));
            case Scope.AfterFaults(var id)
            when id.isPresent() ->
                facts.faults().stream()
                        .filter(fault -> id.get().equals(fault.id()))
                        .anyMatch(fault -> fault.endedBefore(start, from, end));
            case Scope.AfterFaults _ ->
                facts.faults().stream().anyMatch(fault -> fault.endedBefore(start, from, end))
                        && facts.faults().stream().noneMatch(fault -> fault.overlaps(from, end));
        };
    }

    /// Returns how much of the time from `start` to `end` belongs to `phase`, microseconds.
    ///
    /// @param otherwise the phase that all of it belongs to as long as the start of the load is not known
    public long time(Facts facts, int phase, long start, long end, int otherwise) {
        var loadStart = facts.loadStart(source);
        if (loadStart.isEmpty() || phase < 0 || phase >= source.phases().size()) {
            return phase == otherwise ? end - start : 0;
        }
        var info = source.phases().get(phase);
        long from = loadStart.get() + Micros.of(info.start());
        return Math.max(0, Math.min(end, from + Micros.of(info.duration())) - Math.max(start, from));
    }
}
