package io.ordeal.aggregator;

import io.ordeal.aggregator.audit.Auditor;
import io.ordeal.aggregator.audit.Results;
import io.ordeal.aggregator.audit.RunRecords;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Holds what was streamed of a made-up run against the audit of its records.
final class Comparison {
    /// What the audit knows and the streaming aggregator does not tell yet.
    private static final Pattern NOT_YET =
            Pattern.compile(".*\\b(low|high|worst|breached|bad|trends|firstBreach)\\b.*");

    private Comparison() {}

    /// Returns the differences, each in one line.
    static List<String> differences(
            Rehearsal rehearsal, List<Timing> timings, List<WindowSummary> windows, List<VerdictEvent> verdicts) {
        var records = new RunRecords(rehearsal.objectives(), timings, lifecycle(rehearsal), List.of());
        return Auditor.audit(records, new Results(windows, verdicts)).stream()
                .filter(difference -> !NOT_YET.matcher(difference.field()).matches())
                .map(difference -> difference.text())
                .toList();
    }

    /// Returns what was said of the run, with the pulse of an aggregator that was never silent.
    private static List<LifecycleEvent> lifecycle(Rehearsal rehearsal) {
        var said = new ArrayList<>(rehearsal.lifecycle());
        Instant end = said.getLast().at();
        for (var at = said.getFirst().at(); at.isBefore(end); at = at.plusSeconds(1)) {
            said.add(new LifecycleEvent(
                    "", at, "aggregator@test", new LifecycleEvent.Heartbeat("aggregator", List.of())));
        }
        return said;
    }
}
