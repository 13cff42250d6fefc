package io.ordeal.campaign.run;

import io.ordeal.campaign.document.Until;
import io.ordeal.campaign.plan.LoadSteps;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.schemas.control.Command.AdjustLoad;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Watches, window by window, for the condition at which a phase stops taking steps. Pure but for what it remembers.
///
/// Only windows that lie wholly within the phase count. What is seen in one is laid at the door of the level that
/// is in force at its end: at all levels before, the condition had not held. A window in which nothing ended says
/// nothing: requests that hang end by their time-outs, and show then.
final class BreakWatch {
    private record Watched(LoadPhase phase, Duration start, Until until) {}

    private final Optional<Watched> watched;
    private Optional<BreakingPoint> found = Optional.empty();

    BreakWatch(Plan plan) {
        watched = IntStream.range(0, plan.load().size())
                .boxed()
                .flatMap(place -> plan.campaign().phases().get(place).until().stream()
                        .map(until -> new Watched(
                                plan.load().get(place), plan.phases().get(place).start(), until)))
                .findFirst();
    }

    /// Takes a closed window of a load that began at `began`; returns the breaking point if it is the first to show
    /// it.
    Optional<BreakingPoint> see(WindowSummary window, Instant began) {
        if (found.isPresent() || watched.isEmpty() || !WindowMeasure.all(window)) {
            return Optional.empty();
        }
        found = watched.filter(one -> one.phase().name().equals(window.phase()))
                .filter(one ->
                        within(window, began.plus(one.start()), one.phase().duration()))
                .filter(one -> WindowMeasure.holds(one.until().condition(), List.of(window))
                        .orElse(false))
                .map(one -> point(one, window.start().plus(window.length()), began));
        return found;
    }

    /// Returns the breaking point, once it was seen.
    Optional<BreakingPoint> found() {
        return found;
    }

    /// Returns the command that goes back to the last level that held, or stays at the first.
    static AdjustLoad back(BreakingPoint point) {
        double level = point.lastGood().orElse(point.level());
        return point.model() == LoadModel.STEPPED_USERS
                ? new AdjustLoad(Optional.empty(), Optional.of(level))
                : new AdjustLoad(Optional.of(level), Optional.empty());
    }

    private static boolean within(WindowSummary window, Instant start, Duration duration) {
        var end = window.start().plus(window.length());
        return !window.start().isBefore(start) && !end.isAfter(start.plus(duration));
    }

    private static BreakingPoint point(Watched one, Instant end, Instant began) {
        var phase = one.phase();
        long since = Duration.between(began.plus(one.start()), end).toNanos() - 1;
        long step = Math.max(0, Math.min(since, phase.duration().toNanos() - 1))
                / phase.every().toNanos();
        double level = LoadSteps.level(phase, step);
        long first = Math.min(step, LoadSteps.last(phase));
        return new BreakingPoint(
                phase.name(),
                one.until().expression(),
                phase.model(),
                level,
                first == 0 ? Optional.empty() : Optional.of(LoadSteps.level(phase, first - 1)),
                end);
    }
}
