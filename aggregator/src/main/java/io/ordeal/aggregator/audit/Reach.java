package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Which windows and requests count for one objective.
final class Reach {
    private final Terms terms;
    private final Story story;
    private final Objective objective;

    Reach(Terms terms, Story story, Objective objective) {
        this.terms = terms;
        this.story = story;
        this.objective = objective;
    }

    Objective objective() {
        return objective;
    }

    /// Whether a window lies in the part of the run that the objective is about.
    boolean covers(Span span) {
        return switch (objective.scope().interval()) {
            case Scope.Whole _ -> true;
            case Scope.OutsideFaults _ -> meeting(span).isEmpty();
            case Scope.DuringFaults(var named) -> meeting(span).stream().anyMatch(fault -> named(named, fault));
            case Scope.AfterFaults(var named) ->
                story.faults().stream().anyMatch(fault -> named(named, fault) && after(fault, span))
                        && (named.isPresent() || meeting(span).isEmpty());
        };
    }

    private List<Force> meeting(Span span) {
        return story.faults().stream()
                .filter(fault -> fault.meets(span.from(), span.end()))
                .toList();
    }

    private static boolean named(Optional<String> name, Force fault) {
        return name.isEmpty() || name.get().equals(fault.id());
    }

    private static boolean after(Force fault, Span span) {
        return fault.reverted().isPresent()
                && fault.reverted().get() <= span.start()
                && !fault.meets(span.from(), span.end());
    }

    /// Whether a phase counts.
    boolean counts(int phase) {
        return terms.counts(objective, phase);
    }

    /// Whether the instant of a reading counts.
    boolean covers(long instant) {
        return terms.phaseAt(story, instant).filter(this::counts).isPresent()
                && switch (objective.scope().interval()) {
                    case Scope.Whole _ -> true;
                    case Scope.OutsideFaults _ -> story.faults().stream().noneMatch(fault -> fault.at(instant));
                    case Scope.DuringFaults(var named) ->
                        story.faults().stream().anyMatch(fault -> named(named, fault) && fault.at(instant));
                    case Scope.AfterFaults(var named) ->
                        story.faults().stream().anyMatch(fault -> named(named, fault) && over(fault, instant))
                                && (named.isPresent() || story.faults().stream().noneMatch(fault -> fault.at(instant)));
                };
    }

    private static boolean over(Force fault, long instant) {
        return fault.reverted().filter(end -> end < instant).isPresent();
    }

    /// Returns the requests of a window that count.
    Ended requests(Span span) {
        return requests(span, this::counts);
    }

    private Ended requests(Span span, IntPredicate phases) {
        return span.slot()
                .map(slot -> slot.ended()
                        .where(timing -> phases.test(timing.phase()) && terms.concerns(objective, timing.request())))
                .orElse(new Ended(List.of()));
    }

    /// Returns the time of a window that counts, microseconds.
    long time(Span span) {
        return time(span, this::counts);
    }

    private long time(Span span, IntPredicate phases) {
        long time = 0;
        for (int phase = 0; phase < Math.max(terms.phases(), 1); phase++) {
            time += phases.test(phase) ? terms.time(story, phase, span.start(), span.end(), span.mainPhase()) : 0;
        }
        return time;
    }

    /// Returns the dropped requests of a window whose phase counts.
    long dropped(Span span) {
        return counts(span.mainPhase()) ? span.dropped() : 0;
    }

    /// Returns what a window says.
    Evidence evidence(Span span) {
        return evidence(span, this::counts);
    }

    /// Returns what a window says for the analysis of faults: where no phase is named, all count.
    Evidence ofBreach(Span span) {
        return evidence(span, phase -> objective.scope().phase().isEmpty() || counts(phase));
    }

    private Evidence evidence(Span span, IntPredicate phases) {
        boolean own = phases.test(span.mainPhase());
        boolean all = Terms.concernsAll(objective);
        long dropped = own ? span.dropped() : 0;
        return new Evidence(
                requests(span, phases),
                all ? dropped : 0,
                all ? 0 : dropped,
                time(span, phases),
                own && span.slot().filter(Slot::stalled).isPresent(),
                span.slot().filter(slot -> !slot.saturated().isEmpty()).isPresent());
    }

    /// Returns how the objective stands in a window, or empty where the window does not count or says nothing.
    Optional<Finding> finding(Span span) {
        if (!covers(span)) {
            return Optional.empty();
        }
        var evidence = evidence(span);
        boolean judged = switch (objective.measure()) {
            case Measure.Throughput _ -> evidence.time() >= span.end() - span.start() - 1;
            case Measure.Custom _ -> Observation.samples(objective.measure(), evidence) > 0;
            case Measure _ -> evidence.ended().count() > 0 || evidence.stalled();
        };
        return judged ? Optional.of(RequestJudge.ofWindow(objective, evidence)) : Optional.empty();
    }

    /// Returns whether the objective holds in a window, whatever its interval and however few its requests; empty
    /// where there is nothing to look at.
    Optional<Boolean> holds(Span span) {
        var evidence = ofBreach(span);
        if (evidence.ended().count() == 0) {
            return evidence.stalled() ? Optional.of(false) : Optional.empty();
        }
        return Observation.of(objective.measure(), evidence).map(objective::holds);
    }
}
