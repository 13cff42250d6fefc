package io.ordeal.aggregator.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The time of one window, told or not: where nothing was due, time went by as well.
///
/// @param from when its earliest request was sent, or its start
/// @param mainPhase the phase that most of its requests belong to, -1 where it is not told
record Span(long start, long end, long from, int mainPhase, long dropped, Optional<Slot> slot) {
    static Span of(Slot slot) {
        return new Span(
                slot.start(),
                slot.end(),
                slot.from(),
                slot.mainPhase(),
                slot.load().dropped(),
                Optional.of(slot));
    }

    /// Returns every window from the first that is told to the last.
    static List<Span> all(List<Slot> told) {
        var spans = new ArrayList<Span>();
        for (var slot : told) {
            long length = slot.end() - slot.start();
            while (!spans.isEmpty() && spans.getLast().end < slot.start()) {
                long start = spans.getLast().end;
                spans.add(new Span(start, start + length, start, -1, 0, Optional.empty()));
            }
            spans.add(of(slot));
        }
        return spans;
    }
}
