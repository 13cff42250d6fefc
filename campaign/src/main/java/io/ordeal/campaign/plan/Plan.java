package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.PlannedFault;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A campaign with every instant settled: all that is known before a run.
///
/// @param campaign as it was read; times in it are not scaled
/// @param timeScale what every duration was multiplied by
/// @param duration of the load
/// @param phases with their starts, in order
/// @param load the same phases, as generators are told them
/// @param scenarios as generators are told them
/// @param requests the position is the index that timings carry
/// @param faults in order of time
/// @param hash SHA-256 in hexadecimal digits; equal hashes mean equal plans
public record Plan(
        Campaign campaign,
        double timeScale,
        Duration duration,
        List<PhaseInfo> phases,
        List<LoadPhase> load,
        List<Scenario> scenarios,
        List<RequestInfo> requests,
        List<TimedFault> faults,
        Estimate estimate,
        String hash) {
    /// Time between two ticks of a segment.
    public static final Duration TICK = Duration.ofMillis(250);

    public Plan {
        phases = List.copyOf(phases);
        load = List.copyOf(load);
        scenarios = List.copyOf(scenarios);
        requests = List.copyOf(requests);
        faults = List.copyOf(faults);
    }

    /// Returns the phases as they are lived through: the last goes on until the last load ends, that of a scenario,
    /// too.
    public List<PhaseInfo> span() {
        var span = new ArrayList<>(phases);
        var last = span.removeLast();
        var left = duration.minus(last.start());
        span.add(new PhaseInfo(last.name(), last.judged(), last.start(), left, last.steps()));
        return span;
    }

    /// Returns what the judge of a run must know.
    public RunObjectives objectives(String run) {
        return new RunObjectives(
                run,
                campaign.name(),
                campaign.settings().window(),
                campaign.settings().segments(),
                span(),
                requests,
                campaign.objectives().stream()
                        .map(entry -> new ObjectiveSpec(
                                entry.name(), entry.objective().expression()))
                        .toList(),
                faults.stream()
                        .map(fault -> new PlannedFault(
                                fault.spec().id(),
                                fault.spec().kind(),
                                fault.spec().target(),
                                fault.at(),
                                fault.spec().duration()))
                        .toList());
    }

    /// Returns what the generators must know, segment by segment.
    ///
    /// @param address the base address of the service, for instance `http://127.0.0.1:8080`
    public List<SegmentPlan> segments(String run, String address) {
        var settings = campaign.settings();
        var data = FeederShares.of(campaign.feeders(), settings.seed(), settings.segments());
        return IntStream.range(0, settings.segments())
                .mapToObj(segment -> new SegmentPlan(
                        run,
                        segment,
                        settings.segments(),
                        settings.seed(),
                        address,
                        load,
                        scenarios,
                        settings.connections(),
                        settings.window(),
                        TICK,
                        data.get(segment),
                        settings.gracefulStop()))
                .toList();
    }
}
