package io.ordeal.aggregator.audit;

import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;

/// The windows and verdicts of a run: as they were told, or as they were worked out again.
public record Results(List<WindowSummary> windows, List<VerdictEvent> verdicts) {
    /// Nothing was told.
    public static final Results NONE = new Results(List.of(), List.of());

    public Results {
        windows = List.copyOf(windows);
        verdicts = List.copyOf(verdicts);
    }
}
