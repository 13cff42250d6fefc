package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import java.util.Optional;
import java.util.OptionalDouble;

/// The requests that count for an objective which allows some of them to be bad: one on a percentile, on errors or on
/// availability.
///
/// Windows count by the faults known when they close. For the run verdict they count a second later, by what was
/// heard until then, so its budget, which is told last, may differ by a window at the edge of a fault.
final class ObjectiveSeries {
    private static final double MICROS = 1e6;

    private final String name;
    private final Objective objective;
    private final double allowed;
    private long good;
    private long bad;
    private OptionalDouble told = OptionalDouble.empty();

    private ObjectiveSeries(String name, Objective objective, double allowed) {
        this.name = name;
        this.objective = objective;
        this.allowed = allowed;
    }

    /// Returns it, unless requests are neither good nor bad for the objective.
    static Optional<ObjectiveSeries> of(Plan.Aim aim) {
        return aim.objective()
                .flatMap(objective -> allowed(objective)
                        .map(part -> new ObjectiveSeries(aim.spec().name(), objective, part)));
    }

    /// Returns the part of the requests that may be bad.
    private static Optional<Double> allowed(Objective objective) {
        return switch (objective.measure()) {
            case Measure.Percentile(double rank, var _)
            when objective.comparison().bounded() -> Optional.of(1 - rank / 100);
            case Measure.ErrorRatio _ when objective.comparison().bounded() -> Optional.of(objective.limit());
            case Measure.Availability _ when !objective.comparison().bounded() -> Optional.of(1 - objective.limit());
            case Measure _ -> Optional.empty();
        };
    }

    /// Counts a window that has closed.
    void window(Plan plan, Facts facts, RunWindow window) {
        if (!Plan.covers(objective.scope().interval(), facts, window.start(), window.from(), window.end())) {
            return;
        }
        window.tallies().forEach((series, tally) -> {
            if (plan.inPhase(objective, series.phase()) && plan.ofRequest(objective, series.request())) {
                long held = good(tally);
                good += held;
                bad += tally.count() - held;
            }
        });
        boolean whole = objective.of().isEmpty() && plan.inPhase(objective, window.mainPhase());
        if (whole && objective.measure() instanceof Measure.Availability) {
            bad += window.load().dropped();
        }
    }

    private long good(Tally tally) {
        return objective.measure() instanceof Measure.Percentile(var _, var latency)
                ? tally.distribution(latency).within(objective.comparison(), objective.limit() * MICROS)
                : tally.ok();
    }

    /// Takes what the verdict on the run says is spent.
    void told(double spent) {
        told = OptionalDouble.of(spent);
    }

    /// Returns the same as it is now.
    ObjectiveSeries copy() {
        var copy = new ObjectiveSeries(name, objective, allowed);
        copy.good = good;
        copy.bad = bad;
        copy.told = told;
        return copy;
    }

    String name() {
        return name;
    }

    /// Returns the part of the requests that may be bad.
    double allowed() {
        return allowed;
    }

    long good() {
        return good;
    }

    long bad() {
        return bad;
    }

    /// Returns the part of the bad requests that it allows which there were so far; above 1 the budget is exhausted.
    double spent() {
        return told.orElse(bad == 0 ? 0 : bad / (allowed * (good + bad)));
    }
}
