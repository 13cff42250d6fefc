package io.ordeal.schemas.results;

import java.time.Instant;
import java.util.List;

/// The verdict on a whole run, with everything that a report needs.
///
/// @param reasons Why it is not PASS, worst first.
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
        long lateEvents)
        implements Judgement {
    public RunVerdict {
        reasons = List.copyOf(reasons);
        requests = List.copyOf(requests);
        objectives = List.copyOf(objectives);
        faults = List.copyOf(faults);
        phases = List.copyOf(phases);
    }
}
