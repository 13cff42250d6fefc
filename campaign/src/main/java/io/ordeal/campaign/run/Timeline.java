package io.ordeal.campaign.run;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a runner does by the clock, in order. Pure.
final class Timeline {
    /// One thing to do.
    sealed interface Step {}

    /// A phase begins.
    record BeginPhase(String phase, int index) implements Step {}

    /// A phase is over.
    record EndPhase(String phase, int index) implements Step {}

    /// A fault is asked for.
    record Inject(FaultSpec fault) implements Step {}

    /// A step with its time after the start of the load.
    record Due(Duration at, Step step) {}

    private Timeline() {}

    /// Returns the steps of `plan`; where several are due at once, phases end before others begin, and faults come
    /// last.
    static List<Due> of(Plan plan) {
        var steps = new ArrayList<Due>();
        var phases = plan.span();
        for (int i = 0; i < phases.size(); i++) {
            var phase = phases.get(i);
            steps.add(new Due(phase.start(), new BeginPhase(phase.name(), i)));
            steps.add(new Due(phase.start().plus(phase.duration()), new EndPhase(phase.name(), i)));
        }
        plan.faults().forEach(fault -> steps.add(new Due(fault.at(), new Inject(fault.spec()))));
        steps.sort(Comparator.comparing(Due::at).thenComparingInt(due -> rank(due.step())));
        return List.copyOf(steps);
    }

    private static int rank(Step step) {
        return switch (step) {
            case EndPhase _ -> 0;
            case BeginPhase _ -> 1;
            case Inject _ -> 2;
        };
    }
}
