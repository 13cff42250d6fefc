package io.ordeal.campaign.report;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.run.BreakingPoint;
import io.ordeal.campaign.run.ResourceSeries;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything that is known of a run that is over.
///
/// @param verdict the judge's, or for a run that was cut short that of [PartialVerdict]
/// @param windows every closed window of every request
/// @param events of the run, in the order of the topic
/// @param verdicts of windows, faults and the run, in the order of the topic
/// @param document the campaign's text
/// @param environment what it ran on, in words: versions, cores, memory
/// @param breakingPoint where the load broke, if it went up in steps until it did
/// @param resources what was used meanwhile
/// @param baseline how it stands to an earlier run
public record RunResult(
        String run,
        Plan plan,
        RunVerdict verdict,
        List<WindowSummary> windows,
        List<LifecycleEvent> events,
        List<VerdictEvent> verdicts,
        String document,
        Map<String, String> environment,
        Optional<BreakingPoint> breakingPoint,
        List<ResourceSeries> resources,
        Optional<BaselineSection> baseline) {
    public RunResult {
        resources = List.copyOf(resources);
        windows = List.copyOf(windows);
        events = List.copyOf(events);
        verdicts = List.copyOf(verdicts);
    }

    /// A run that had no breaking point.
    public RunResult(
            String run,
            Plan plan,
            RunVerdict verdict,
            List<WindowSummary> windows,
            List<LifecycleEvent> events,
            List<VerdictEvent> verdicts,
            String document,
            Map<String, String> environment) {
        this(
                run,
                plan,
                verdict,
                windows,
                events,
                verdicts,
                document,
                environment,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// Returns the same, beside an earlier run.
    public RunResult beside(BaselineSection section) {
        return new RunResult(
                run,
                plan,
                verdict,
                windows,
                events,
                verdicts,
                document,
                environment,
                breakingPoint,
                resources,
                Optional.of(section));
    }

    /// Returns the tags of a request.
    Map<String, String> tags(String scenario, String request) {
        return plan.requests().stream()
                .filter(one -> one.scenario().equals(scenario) && one.request().equals(request))
                .map(RequestInfo::tags)
                .findFirst()
                .orElse(Map.of());
    }

    /// Returns a request's name with its tags, for instance `order (tier: gold)`.
    String marked(String scenario, String request) {
        var tags = new TreeMap<>(tags(scenario, request));
        return tags.isEmpty()
                ? request
                : tags.entrySet().stream()
                        .map(tag -> tag.getKey() + ": " + tag.getValue())
                        .collect(Collectors.joining(", ", request + " (", ")"));
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
