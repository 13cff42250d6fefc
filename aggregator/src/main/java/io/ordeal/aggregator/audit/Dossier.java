package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import java.util.List;
import java.util.Set;

/// Everything that the verdict on a run rests on.
///
/// @param spans every window from the first that is told to the last
/// @param waited the windows that were told as closed by a wait, by their start
/// @param account of all segments
/// @param absent segments of which there is no record
/// @param unfinished segments whose last tick does not say that they have finished
/// @param handovers changes of a segment's owner that left time undriven
/// @param pulse when the aggregator said that it lives, microseconds since the epoch
/// @param refused what belonged to more series than are kept
record Dossier(
        Terms terms,
        Story story,
        List<Span> spans,
        Set<Long> waited,
        Account account,
        long absent,
        long unfinished,
        long handovers,
        Set<String> instances,
        Pace pace,
        Resources resources,
        List<Long> pulse,
        long refused) {
    private static final double SATURATED = 0.05;

    /// Returns the windows that are told.
    List<Slot> slots() {
        return spans.stream().flatMap(span -> span.slot().stream()).toList();
    }

    /// Returns the spans of the windows that are told.
    List<Span> told() {
        return spans.stream().filter(span -> span.slot().isPresent()).toList();
    }

    Reach reach(Objective objective) {
        return new Reach(terms, story, objective);
    }

    /// Returns how many windows a generator could not keep its schedule in.
    long saturated() {
        return slots().stream().filter(slot -> !slot.saturated().isEmpty()).count();
    }

    boolean tooSaturated() {
        return saturated() > SATURATED * slots().size();
    }

    List<Force> faults() {
        return story.faults(terms.source());
    }
}
