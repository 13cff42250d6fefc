package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Pause;
import io.ordeal.schemas.load.Outcome;
import org.jspecify.annotations.Nullable;

/// A virtual user: performs the steps of one iteration after another, one request at a time. Belongs to one event
/// loop.
final class User {
    /// A user whose connection failed does not try again at once: in a closed model it would do nothing else.
    private static final long AFTER_FAILURE = 100_000_000L;

    private final int number;
    private final Link link;
    private final Stage stage;
    private final Home home;
    private @Nullable Session session;
    private PreparedScenario scenario;
    private int step;
    private long who;
    private long iteration;

    User(int number, Link link, Stage stage, Home home) {
        this.number = number;
        this.link = link;
        this.stage = stage;
        this.home = home;
        this.scenario = stage.scenarios().getFirst();
        this.step = scenario.steps().size();
    }

    /// Returns its number in the whole run.
    int number() {
        return number;
    }

    Link link() {
        return link;
    }

    /// Returns its WebSocket, open or not.
    Session session() {
        var own = session;
        if (own == null) {
            own = stage.sessions().forUser();
            session = own;
        }
        return own;
    }

    /// Begins an iteration whose first request is due at `due`; `drawer` and `index` decide its random choices;
    /// it is `now`.
    void begin(long drawer, long index, long due, long now) {
        who = drawer;
        iteration = index;
        scenario = stage.scenarios().get(stage.mix().pick(stage.seed().draw(drawer, index, 0)));
        step = 0;
        goOn(due, now);
    }

    /// Whether it is within an iteration.
    boolean underWay() {
        return step < scenario.steps().size();
    }

    /// Sends the next request, due at `due`, or ends the iteration.
    void goOn(long due, long now) {
        if (underWay()) {
            scenario.steps().get(step).attempt(stage, this, due, now).begin();
        } else {
            home.finished(this, due, now);
        }
    }

    /// Takes the end of `attempt`.
    void ended(Attempt attempt, Outcome outcome, long now) {
        step++;
        long pause = underWay() || home.thinksBetweenIterations() ? pause(outcome) : 0;
        if (pause == 0 && !underWay()) {
            home.finished(this, now, now);
        } else {
            home.later(this, now + pause, now);
        }
    }

    private long pause(Outcome outcome) {
        long think = Pause.nanos(scenario.think(), stage.seed().draw(who, iteration, step));
        boolean failed = outcome == Outcome.CONNECT_ERROR || outcome == Outcome.RESET;
        return failed && home.thinksBetweenIterations() ? Math.max(think, AFTER_FAILURE) : think;
    }
}
