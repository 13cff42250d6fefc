package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.results.WorstWindow;
import java.util.List;
import java.util.Optional;

/// What was found of one objective, with what is told beside it.
///
/// @param windows in scope
/// @param failed of those
/// @param interval the 95 % interval of what was observed, where there is one
/// @param worst the worst windows that failed, the worst first
public record Answer(Finding finding, long windows, long failed, Optional<Interval> interval, List<WorstWindow> worst) {
    public Answer {
        worst = List.copyOf(worst);
    }

    /// An answer that is not drawn from windows.
    public static Answer of(Finding finding) {
        return new Answer(finding, 0, 0, Optional.empty(), List.of());
    }

    /// Returns it with another finding.
    public Answer with(Finding other) {
        return new Answer(other, windows, failed, interval, worst);
    }
}
