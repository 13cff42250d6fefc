package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
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

    /// @param load of the mix
    static Estimate of(
            Campaign campaign, List<LoadPhase> load, List<Scenario> scenarios, Duration duration, int requests) {
        var mix =
                scenarios.stream().filter(scenario -> scenario.load().isEmpty()).toList();
        double sent = requests(load, mix)
                + scenarios.stream()
                        .mapToDouble(scenario -> requests(scenario.load(), List.of(scenario)))
                        .sum();
        long windows = duration.dividedBy(campaign.settings().window()) + 1;
        return new Estimate(
                Math.round(sent),
                campaign.phases().stream()
                                .allMatch(phase -> mix.isEmpty() || phase.load().open())
                        && campaign.scenarios().stream()
                                .flatMap(scenario -> scenario.load().phases().stream())
                                .allMatch(phase -> phase.load().open()),
                Math.round(sent) * EVENT_BYTES + windows * (requests + 1) * WINDOW_BYTES);
    }

    private static double requests(List<LoadPhase> load, List<Scenario> scenarios) {
        double weights = scenarios.stream().mapToDouble(Scenario::weight).sum();
        double steps = scenarios.stream()
                .mapToDouble(scenario ->
                        scenario.weight() / weights * scenario.steps().size())
                .sum();
        double iteration = scenarios.stream()
                .mapToDouble(scenario -> scenario.weight() / weights * seconds(scenario))
                .sum();
        return load.stream()
                .mapToDouble(phase -> iterations(phase, iteration) * steps)
                .sum();
    }

    /// @param iteration how long one takes a user, seconds
    private static double iterations(LoadPhase phase, double iteration) {
        double seconds = phase.duration().toNanos() / 1e9;
        double mean = (phase.from() + phase.to()) / 2;
        double possible = seconds * phase.from() / iteration;
        return switch (phase.model()) {
            case CONSTANT_USERS, RAMPING_USERS -> seconds * mean / iteration;
            case STEPPED_USERS -> stepped(phase) / iteration;
            case ITERATIONS_PER_USER -> Math.min(possible, (double) phase.count() * phase.from());
            case SHARED_ITERATIONS -> Math.min(possible, (double) phase.count());
            case CONSTANT_RATE, RAMPING_RATE -> seconds * mean;
            case STEPPED_RATE -> stepped(phase);
            case ARRIVALS -> phase.count();
        };
    }

    /// Users or arrivals per second, summed over the seconds of the phase.
    private static double stepped(LoadPhase phase) {
        double every = phase.every().toNanos() / 1e9;
        double left = phase.duration().toNanos() / 1e9;
        double level = phase.from();
        double sum = 0;
        while (left > 0 && level != phase.to()) {
            sum += level * Math.min(every, left);
            left -= every;
            level = phase.step() > 0
                    ? Math.min(phase.to(), level + phase.step())
                    : Math.max(phase.to(), level + phase.step());
        }
        return sum + Math.max(0, left) * phase.to();
    }

    private static double seconds(Scenario scenario) {
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
