package io.ordeal.campaign.report;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;
import java.util.Map;

/// Everything that is known of a run that is over.
///
/// @param verdict the judge's, or for a run that was cut short that of [PartialVerdict]
/// @param windows every closed window of every request
/// @param events of the run, in the order of the topic
/// @param verdicts of windows, faults and the run, in the order of the topic
/// @param document the campaign's text
/// @param environment what it ran on, in words: versions, cores, memory
public record RunResult(
        String run,
        Plan plan,
        RunVerdict verdict,
        List<WindowSummary> windows,
        List<LifecycleEvent> events,
        List<VerdictEvent> verdicts,
        String document,
        Map<String, String> environment) {
    public RunResult {
        windows = List.copyOf(windows);
        events = List.copyOf(events);
        verdicts = List.copyOf(verdicts);
    }

    /// Returns the method of a request.
    String method(String scenario, String request) {
        return plan.campaign().scenarios().stream()
                .filter(one -> one.name().equals(scenario))
                .flatMap(one -> one.steps().stream())
                .filter(step -> step.name().equals(request))
                .map(step -> step.method())
                .findFirst()
                .orElse("");
    }
}
