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

/// The objectives of a run, read once, with the questions that judging asks of them.
public final class Plan {
    private final RunObjectives source;
    private final List<Aim> aims;
    private final long window;

    /// One objective: its text, and what it says unless it cannot be read.
    ///
    /// @param problem why it cannot be read, or an empty string
    public record Aim(ObjectiveSpec spec, Optional<Objective> objective, String problem) {}

    /// Reads the objectives of `source`.
    public Plan(RunObjectives source) {
        this.source = source;
        this.window = Math.max(Micros.of(source.window()), 1);
        this.aims = source.objectives().stream().map(Plan::read).toList();
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
                    Measure.Throughput _ -> true;
            case Measure _ -> false;
        };
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
        var info = request(request);
        return objective
                .of()
                .map(name -> name.equals(info.scenario()) || name.equals(info.scenario() + "/" + info.request()))
                .orElse(true);
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
