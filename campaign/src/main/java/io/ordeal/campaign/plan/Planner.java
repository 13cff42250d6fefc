package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.document.FaultEntry;
import io.ordeal.campaign.document.Moment;
import io.ordeal.campaign.document.Phase;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns campaigns into plans. Pure.
///
/// A time scale shrinks (or stretches) what makes up the length of a run: phases, the instants, lengths and ramps
/// of faults. What describes the service and its users stays: think times, time-outs, the strength of a fault, the
/// limits of objectives, recovery among them, and the patience of guards. A phase keeps at least two windows and a
/// fault at least a second, or what the document gives it if that is less; shorter ones would have nothing to
/// judge.
public final class Planner {
    private static final Duration SHORTEST_FAULT = Duration.ofSeconds(1);
    private static final int FEWEST_WINDOWS = 2;

    private final Campaign campaign;
    private final double scale;

    private Planner(Campaign campaign, double scale) {
        this.campaign = campaign;
        this.scale = scale;
    }

    /// Returns the plan, or everything that stands against it.
    ///
    /// @param timeScale above 0; 1 leaves every time as it is
    public static Planning plan(Campaign campaign, double timeScale) {
        if (!(timeScale > 0 && timeScale <= 100)) {
            throw new IllegalArgumentException("a time scale is above 0 and at most 100, not " + timeScale);
        }
        return new Planner(campaign, timeScale).plan();
    }

    private Planning plan() {
        var phases = phases();
        var faults = campaign.faults().stream()
                .map(fault -> new TimedFault(spec(fault), at(fault.at(), phases)))
                .toList();
        var conflicts = new Conflicts(campaign, phases, faults, scale).find();
        if (!conflicts.isEmpty()) {
            return new Planning.Conflicting(conflicts);
        }
        var requests = new ArrayList<RequestInfo>();
        var scenarios = scenarios(requests);
        var load = load(phases);
        var duration = end(phases, scenarios);
        var inOrder = faults.stream()
                .sorted(Comparator.comparing(TimedFault::at)
                        .thenComparing(fault -> fault.spec().id()))
                .toList();
        var draft = new Plan(
                campaign,
                scale,
                duration,
                phases,
                load,
                scenarios,
                requests,
                inOrder,
                Estimates.of(campaign, load, scenarios, duration, requests.size()),
                "");
        return new Planning.Planned(new Plan(
                campaign,
                scale,
                duration,
                phases,
                load,
                scenarios,
                requests,
                inOrder,
                draft.estimate(),
                PlanHash.of(draft)));
    }

    private List<PhaseInfo> phases() {
        var phases = new ArrayList<PhaseInfo>();
        var start = Duration.ZERO;
        for (var phase : campaign.phases()) {
            var length = length(phase);
            var steps = LoadSteps.of(LoadPlan.of(phase, length));
            phases.add(new PhaseInfo(phase.name(), phase.judged(), start, length, steps));
            start = start.plus(length);
        }
        return phases;
    }

    private Duration length(Phase phase) {
        return scaled(phase.duration(), campaign.settings().window().multipliedBy(FEWEST_WINDOWS));
    }

    /// Returns when the last load ends, be it that of the phases or a scenario's own.
    private static Duration end(List<PhaseInfo> phases, List<Scenario> scenarios) {
        return Stream.concat(
                        Stream.of(end(phases)),
                        scenarios.stream()
                                .filter(scenario -> !scenario.load().isEmpty())
                                .map(scenario -> scenario.load().stream()
                                        .map(LoadPhase::duration)
                                        .reduce(scenario.start(), Duration::plus)))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    static Duration end(List<PhaseInfo> phases) {
        var last = phases.getLast();
        return last.start().plus(last.duration());
    }

    private List<LoadPhase> load(List<PhaseInfo> phases) {
        var load = new ArrayList<LoadPhase>();
        for (int i = 0; i < phases.size(); i++) {
            load.add(LoadPlan.of(campaign.phases().get(i), phases.get(i).duration()));
        }
        return load;
    }

    /// Steps of one scenario that share a name share an index, and so are counted together.
    private List<Scenario> scenarios(List<RequestInfo> requests) {
        return campaign.scenarios().stream()
                .map(scenario -> new Scenario(
                        scenario.name(),
                        scenario.weight(),
                        scenario.think(),
                        scenario.steps().stream()
                                .map(step -> new Step(
                                        index(requests, new RequestInfo(scenario.name(), step.name(), scenario.tags())),
                                        step.name(),
                                        step.method(),
                                        step.path(),
                                        step.headers(),
                                        step.body(),
                                        step.timeout(),
                                        step.check(),
                                        step.kind(),
                                        step.extract(),
                                        step.measures(),
                                        step.retry(),
                                        step.think(),
                                        step.events()))
                                .toList(),
                        scenario.load().phases().stream()
                                .map(phase -> LoadPlan.of(phase, length(phase)))
                                .toList(),
                        scaled(scenario.load().start(), Duration.ZERO),
                        scenario.pace(),
                        scenario.feeders(),
                        scenario.cookies(),
                        scenario.credentials()))
                .toList();
    }

    private static int index(List<RequestInfo> requests, RequestInfo request) {
        if (!requests.contains(request)) {
            requests.add(request);
        }
        return requests.indexOf(request);
    }

    private FaultSpec spec(FaultEntry fault) {
        return new FaultSpec(
                fault.id(),
                fault.kind().published(),
                fault.target(),
                fault.parameters(),
                scaled(fault.duration(), SHORTEST_FAULT),
                fault.fraction(),
                scaled(fault.ramp(), Duration.ZERO));
    }

    private Duration at(Moment moment, List<PhaseInfo> phases) {
        var start = phases.stream()
                .filter(phase -> moment.phase().equals(Optional.of(phase.name())))
                .map(PhaseInfo::start)
                .findFirst()
                .orElse(Duration.ZERO);
        return start.plus(scaled(moment.offset(), Duration.ZERO));
    }

    /// Returns a time on the scale, in whole milliseconds, but no less than `floor` where it was that long.
    private Duration scaled(Duration duration, Duration floor) {
        if (scale == 1) {
            return duration;
        }
        var scaled = Duration.ofMillis(Math.round(duration.toNanos() * scale / 1e6));
        var least = duration.compareTo(floor) < 0 ? duration : floor;
        return scaled.compareTo(least) < 0 ? least : scaled;
    }
}
