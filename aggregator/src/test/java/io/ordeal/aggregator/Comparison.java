package io.ordeal.aggregator;

import io.ordeal.aggregator.audit.Auditor;
import io.ordeal.aggregator.audit.Results;
import io.ordeal.aggregator.audit.RunRecords;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;

/// Holds what was streamed of a made-up run against the audit of its records.
final class Comparison {
    private Comparison() {}

    /// Returns the differences, each in one line.
    static List<String> differences(
            Rehearsal rehearsal,
            List<ResourceSample> samples,
            List<WindowSummary> windows,
            List<VerdictEvent> verdicts) {
        var records = new RunRecords(rehearsal.objectives(), rehearsal.timings(), rehearsal.lifecycle(), samples);
        return differences(records, windows, verdicts);
    }

    /// Returns the differences, each in one line.
    static List<String> differences(RunRecords records, List<WindowSummary> windows, List<VerdictEvent> verdicts) {
        return Auditor.audit(records, new Results(windows, verdicts)).stream()
                .map(difference -> difference.text())
                .toList();
    }
}
