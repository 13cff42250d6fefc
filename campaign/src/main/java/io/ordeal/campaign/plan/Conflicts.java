package io.ordeal.campaign.plan;

import io.ordeal.aggregator.statistics.Trend;
import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.PhaseInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what does not go together in a campaign once its times are known.
final class Conflicts {
    /// So many windows must be left after a fault for a recovery to be seen.
    private static final int LEFT_TO_RECOVER = 3;

    private static final String MOVE = "move the fault, or the objective";
    private static final int MOST_POINTS = 1_000;

    private final Campaign campaign;
    private final List<PhaseInfo> phases;
    private final List<TimedFault> faults;
    private final double scale;
    private final Duration end;

    /// @param faults in the order of the document
    Conflicts(Campaign campaign, List<PhaseInfo> phases, List<TimedFault> faults, double scale) {
        this.campaign = campaign;
        this.phases = phases;
        this.faults = faults;
        this.scale = scale;
        this.end = Planner.end(phases);
    }

    List<Conflict> find() {
        var found = new ArrayList<Conflict>();
        for (int i = 0; i < faults.size(); i++) {
            outlives(i).ifPresent(found::add);
            for (int j = 0; j < i; j++) {
                overlap(j, i).ifPresent(found::add);
            }
        }
        for (int i = 0; i < campaign.objectives().size(); i++) {
            unjudged(i, campaign.objectives().get(i).objective()).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Conflict> outlives(int index) {
        var fault = faults.get(index);
        if (fault.end().compareTo(end) <= 0) {
            return Optional.empty();
        }
        var last = phases.size() - 1;
        return Optional.of(new Conflict(
                Conflict.Kind.OUTLIVES_LOAD,
                "fault `" + fault.spec().id() + "` outlives the load" + atScale(),
                "/faults/" + index + "/for",
                "ends at " + Figures.clock(fault.end()),
                Optional.of(new Conflict.Other("/phases/" + last + "/name", "the load ends at " + Figures.clock(end))),
                scale < 1 ? "use a larger time scale" : "let it begin earlier, last less, or the phase last longer"));
    }

    private Optional<Conflict> overlap(int first, int second) {
        var one = faults.get(first);
        var two = faults.get(second);
        boolean sameTarget = one.spec().target().equals(two.spec().target());
        boolean atOnce = one.at().compareTo(two.end()) < 0 && two.at().compareTo(one.end()) < 0;
        if (!sameTarget || !atOnce || !collide(one.spec(), two.spec())) {
            return Optional.empty();
        }
        return Optional.of(new Conflict(
                Conflict.Kind.OVERLAP,
                "faults `" + one.spec().id() + "` and `" + two.spec().id() + "` are in each other's way on "
                        + two.spec().target() + atScale(),
                "/faults/" + second + "/at",
                "from " + Figures.clock(two.at()) + " to " + Figures.clock(two.end()),
                Optional.of(new Conflict.Other(
                        "/faults/" + first + "/at",
                        "from " + Figures.clock(one.at()) + " to " + Figures.clock(one.end()))),
                scale < 1 ? "use a larger time scale" : "let one begin after the other has ended"));
    }

    private static boolean collide(FaultSpec one, FaultSpec two) {
        return FaultKind.named(one.kind())
                .flatMap(kind -> FaultKind.named(two.kind()).map(kind::collides))
                .orElse(false);
    }

    private Optional<Conflict> unjudged(int index, Objective objective) {
        var pointer = "/objectives/" + index;
        if (objective.measure() instanceof Measure.Recovery) {
            return faults.stream()
                    .filter(fault -> concerned(objective.scope(), fault))
                    .filter(fault -> end.minus(fault.end())
                                    .compareTo(campaign.settings().window().multipliedBy(LEFT_TO_RECOVER))
                            < 0)
                    .findFirst()
                    .map(fault -> never(
                            pointer,
                            "after fault `" + fault.spec().id() + "` there is too little load left to see a recovery"
                                    + atScale(),
                            "it needs " + LEFT_TO_RECOVER + " windows",
                            MOVE));
        }
        if (objective.measure() instanceof Measure.Slope && slopePoints(objective.scope()) < Trend.FEWEST) {
            return Optional.of(never(
                    pointer,
                    "`" + objective.expression() + "` looks at less time than a slope takes" + atScale(),
                    "it needs " + Trend.FEWEST + " points, one for each " + Figures.span(slopeStep()),
                    "let the phases last longer, or shorten `window`"));
        }
        if (!(objective.scope().interval() instanceof Scope.DuringFaults)
                || faults.stream()
                        .anyMatch(fault -> concerned(objective.scope(), fault) && judged(objective.scope(), fault))) {
            return Optional.empty();
        }
        return Optional.of(never(
                pointer,
                "no judged phase has a fault that `" + objective.expression() + "` looks at",
                "never judged",
                MOVE));
    }

    /// Returns how many points a slope can have at most: the steps of time in scope, where steps double from a window
    /// on
    /// until the load has at most a thousand.
    private long slopePoints(Scope scope) {
        var time = phases.stream()
                .filter(PhaseInfo::judged)
                .filter(phase -> scope.phase().isEmpty() || scope.phase().get().equals(phase.name()))
                .map(PhaseInfo::duration)
                .reduce(Duration.ZERO, Duration::plus);
        if (scope.interval() instanceof Scope.DuringFaults) {
            var inForce = faults.stream()
                    .filter(fault -> concerned(scope, fault))
                    .map(fault -> fault.spec().duration())
                    .reduce(Duration.ZERO, Duration::plus);
            time = inForce.compareTo(time) < 0 ? inForce : time;
        }
        return time.dividedBy(slopeStep());
    }

    private Duration slopeStep() {
        var step = campaign.settings().window();
        while (end.dividedBy(step) > MOST_POINTS) {
            step = step.multipliedBy(2);
        }
        return step;
    }

    private static boolean concerned(Scope scope, TimedFault fault) {
        return switch (scope.interval()) {
            case Scope.Whole _, Scope.OutsideFaults _ -> true;
            case Scope.DuringFaults(var id) ->
                id.isEmpty() || id.get().equals(fault.spec().id());
            case Scope.AfterFaults(var id) ->
                id.isEmpty() || id.get().equals(fault.spec().id());
        };
    }

    private boolean judged(Scope scope, TimedFault fault) {
        return phases.stream()
                .filter(PhaseInfo::judged)
                .filter(phase -> scope.phase().isEmpty() || scope.phase().get().equals(phase.name()))
                .anyMatch(phase -> fault.at().compareTo(phase.start().plus(phase.duration())) < 0
                        && phase.start().compareTo(fault.end()) < 0);
    }

    private Conflict never(String pointer, String message, String label, String remedy) {
        return new Conflict(
                Conflict.Kind.NEVER_JUDGED,
                message,
                pointer,
                label,
                Optional.empty(),
                scale < 1 ? "use a larger time scale" : remedy);
    }

    private String atScale() {
        return scale == 1 ? "" : " at time scale " + scale;
    }
}
