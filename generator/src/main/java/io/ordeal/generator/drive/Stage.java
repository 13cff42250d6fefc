package io.ordeal.generator.drive;

import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.run.Account;
import io.ordeal.generator.schedule.Mix;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.user.Feeds;
import io.ordeal.schemas.load.SegmentPlan;
import java.util.List;

/// What the users of one segment act with. Belongs to one event loop.
///
/// @param account counts everything
/// @param outbox takes what became of each request
/// @param seed makes every choice
/// @param run the run's id
/// @param feeds the data for users
record Stage(
        String run,
        Origin origin,
        Clock clock,
        Watch watch,
        Account account,
        Outbox outbox,
        TraceParent trace,
        Seed seed,
        Mix mix,
        List<PreparedScenario> scenarios,
        Links links,
        Sessions sessions,
        Feeds feeds,
        RunPhases phases) {

    static Stage of(SegmentPlan plan, int epoch, Equipment equipment, Outbox outbox, Links links, RunPhases phases) {
        var origin = Origin.of(plan);
        var seed = new Seed(plan.seed());
        var account = new Account(
                equipment.instance(),
                plan.window().toNanos(),
                equipment.tolerance(),
                equipment.watch().gc());
        var feeds = new Feeds(plan.feeders(), seed, account::spoiled);
        return new Stage(
                plan.run(),
                origin,
                equipment.clock(),
                equipment.watch(),
                account,
                outbox,
                new TraceParent(plan.run(), plan.segment(), epoch),
                seed,
                new Mix(plan.scenarios()),
                plan.scenarios().stream()
                        .map(scenario -> PreparedScenario.of(scenario, origin, equipment.secrets(), feeds))
                        .toList(),
                links,
                new Sessions(Dialer.forWebSockets(plan, equipment.loops())),
                feeds,
                phases);
    }

    /// Returns the stage of one load: it has scenarios, and makes choices, of its own, and shares everything else.
    ///
    /// @param places of its scenarios
    Stage of(Seed loadSeed, SegmentPlan plan, List<Integer> places) {
        return new Stage(
                run,
                origin,
                clock,
                watch,
                account,
                outbox,
                trace,
                loadSeed,
                new Mix(places.stream().map(plan.scenarios()::get).toList()),
                places.stream().map(scenarios::get).toList(),
                links,
                sessions,
                feeds,
                phases);
    }

    /// Drops every connection in the same instant; who had one connects again at once.
    void storm() {
        links.storm();
        sessions.storm();
    }

    /// Closes every connection.
    void close() {
        links.close();
        sessions.close();
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
