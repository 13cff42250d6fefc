package io.ordeal.schemas.results;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The verdict on a whole run, with everything that a report needs.
///
/// @param reasons Why it is not PASS, worst first.
/// @param warnings What does not keep it from passing but should be known.
/// @param trends How latency, errors, throughput and every reading went over the judged phases.
/// @param breakingPoints One for each phase whose load went in steps.
/// @param firstBreach Absent: every objective held in every window.
/// @param refused Events of more series than are kept.
public record RunVerdict(
        String campaign,
        Verdict verdict,
        List<String> reasons,
        Instant startedAt,
        Instant endedAt,
        Ledger ledger,
        List<RequestSummary> requests,
        List<ObjectiveVerdict> objectives,
        List<FaultVerdict> faults,
        List<PhaseSummary> phases,
        GeneratorSummary generator,
        long windows,
        long lateEvents,
        List<String> warnings,
        List<Trend> trends,
        List<BreakingPoint> breakingPoints,
        Optional<FirstBreach> firstBreach,
        long refused)
        implements Judgement {
    public RunVerdict {
        reasons = List.copyOf(reasons);
        requests = List.copyOf(requests);
        objectives = List.copyOf(objectives);
        faults = List.copyOf(faults);
        phases = List.copyOf(phases);
        warnings = List.copyOf(warnings);
        trends = List.copyOf(trends);
        breakingPoints = List.copyOf(breakingPoints);
    }
}
