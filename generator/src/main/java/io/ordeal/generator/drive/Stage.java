package io.ordeal.generator.drive;

import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.run.Account;
import io.ordeal.generator.schedule.Mix;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.schemas.load.SegmentPlan;
import java.util.List;

/// What the users of one segment act with. Belongs to one event loop.
///
/// @param account counts everything
/// @param outbox takes what became of each request
/// @param seed makes every choice
record Stage(
        Clock clock,
        Watch watch,
        Account account,
        Outbox outbox,
        TraceParent trace,
        Seed seed,
        Mix mix,
        List<PreparedScenario> scenarios,
        Links links,
        Schedule schedule) {

    static Stage of(SegmentPlan plan, int epoch, Equipment equipment, Outbox outbox, Links links, Schedule schedule) {
        var origin = Origin.of(plan.target());
        return new Stage(
                equipment.clock(),
                equipment.watch(),
                new Account(
                        equipment.instance(),
                        plan.window().toNanos(),
                        equipment.tolerance(),
                        equipment.watch().gc()),
                outbox,
                new TraceParent(plan.run(), plan.segment(), epoch),
                new Seed(plan.seed()),
                new Mix(plan.scenarios()),
                plan.scenarios().stream()
                        .map(scenario -> PreparedScenario.of(scenario, origin))
                        .toList(),
                links,
                schedule);
    }

    /// Ends requests that have taken too long.
    void expire(long now) {
        for (var scenario : scenarios) {
            for (var step : scenario.steps()) {
                step.inFlight().expire(now);
            }
        }
    }

    /// Ends every request in flight.
    void abort(long now) {
        for (var scenario : scenarios) {
            scenario.steps().forEach(step -> step.inFlight().abort(now));
        }
    }

    /// Returns how long ago the oldest request in flight was sent, in nanoseconds.
    long oldest(long now) {
        long oldest = now;
        for (var scenario : scenarios) {
            for (var step : scenario.steps()) {
                oldest = Math.min(oldest, step.inFlight().oldest());
            }
        }
        return now - oldest;
    }
}
