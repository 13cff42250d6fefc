package io.ordeal.aggregator.resources;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// When queues were back where they had been before something began.
///
/// @param after its end, microseconds, the latest of all queues; empty: not all of them were, or there is none
/// @param latest after its end, microseconds: the last of the queues that were back
/// @param open the time from its end to the last sample of each queue that was not; negative where it has none later
record Drain(Optional<Long> after, Optional<Long> latest, List<Long> open) {
    /// Samples in a row that a queue must be back for.
    private static final int STAYS = 3;

    /// @param baseline from when on the samples before it count, microseconds since the epoch
    /// @param began microseconds since the epoch
    /// @param ended microseconds since the epoch
    static Drain of(List<Samples> queues, long baseline, long began, long ended) {
        Optional<Long> latest = Optional.empty();
        var open = new java.util.ArrayList<Long>();
        for (var queue : queues) {
            double level =
                    Arrays.stream(queue.between(baseline, began).values()).max().orElse(0);
            var after = queue.between(ended, Long.MAX_VALUE);
            var back = back(after, level);
            if (back.isPresent()) {
                latest = Optional.of(Math.max(latest.orElse(0L), back.get() - ended));
            } else {
                open.add(after.size() == 0 ? -1 : after.times()[after.size() - 1] - ended);
            }
        }
        return new Drain(open.isEmpty() ? latest : Optional.empty(), latest, List.copyOf(open));
    }

    private static Optional<Long> back(Samples after, double level) {
        int row = 0;
        for (int i = 0; i < after.size(); i++) {
            row = after.values()[i] <= level ? row + 1 : 0;
            if (row == STAYS) {
                return Optional.of(after.times()[i - STAYS + 1]);
            }
        }
        return Optional.empty();
    }
}
