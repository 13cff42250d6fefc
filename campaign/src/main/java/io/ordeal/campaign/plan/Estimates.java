package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.document.ScenarioSpec;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Think;
import java.time.Duration;
import java.util.List;

/// Says how much a plan will make, before it is made.
final class Estimates {
    /// Taken for an answer of users that wait for theirs; nobody can know it beforehand.
    private static final double ASSUMED_SECONDS = 0.01;
    /// Of one event on the broker, compressed.
    private static final long EVENT_BYTES = 16;
    /// Of the histograms and counts of one request in one window.
    private static final long WINDOW_BYTES = 1_500;

    private Estimates() {}

    static Estimate of(Campaign campaign, List<LoadPhase> load, Duration duration, int requests) {
        double weights =
                campaign.scenarios().stream().mapToDouble(ScenarioSpec::weight).sum();
        double steps = campaign.scenarios().stream()
                .mapToDouble(scenario ->
                        scenario.weight() / weights * scenario.steps().size())
                .sum();
        double iteration = campaign.scenarios().stream()
                .mapToDouble(scenario -> scenario.weight() / weights * seconds(scenario))
                .sum();
        double sent = load.stream()
                .mapToDouble(phase -> phase.duration().toNanos() / 1e9 * iterationsPerSecond(phase, iteration) * steps)
                .sum();
        long windows = duration.dividedBy(campaign.settings().window()) + 1;
        boolean open = campaign.phases().stream().allMatch(phase -> phase.load().open());
        return new Estimate(
                Math.round(sent), open, Math.round(sent) * EVENT_BYTES + windows * (requests + 1) * WINDOW_BYTES);
    }

    private static double iterationsPerSecond(LoadPhase phase, double iteration) {
        double mean = (phase.from() + phase.to()) / 2;
        return switch (phase.model()) {
            case CONSTANT_RATE, RAMPING_RATE, STEPPED_RATE -> mean;
            case ARRIVALS -> phase.count() / (phase.duration().toNanos() / 1e9);
            case CONSTANT_USERS, RAMPING_USERS, STEPPED_USERS -> mean / iteration;
            case ITERATIONS_PER_USER, SHARED_ITERATIONS ->
                phase.count() / (phase.duration().toNanos() / 1e9);
        };
    }

    private static double seconds(ScenarioSpec scenario) {
        return scenario.steps().size() * (ASSUMED_SECONDS + mean(scenario.think()));
    }

    private static double mean(Think think) {
        return switch (think.kind()) {
            case NONE -> 0;
            case CONSTANT, EXPONENTIAL -> think.min().toNanos() / 1e9;
            case UNIFORM -> think.min().plus(think.max()).toNanos() / 2e9;
        };
    }
}
