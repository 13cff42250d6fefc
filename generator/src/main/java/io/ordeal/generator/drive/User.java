package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Pause;
import io.ordeal.generator.user.RetryPolicy;
import io.ordeal.generator.user.Variables;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A virtual user: performs the steps of one iteration after another, one request at a time. Belongs to one event
/// loop.
final class User {
    /// A user whose connection failed does not try again at once: in a closed model it would do nothing else.
    private static final long AFTER_FAILURE = 100_000_000L;
    /// Waits before retries are drawn apart from think times.
    private static final int RETRY_DRAWS = 1 << 18;
    private static final int MOST_ATTEMPTS = 1 << 6;

    private final int number;
    private final Link link;
    private final Stage stage;
    private final Home home;
    private @Nullable Session session;
    private PreparedScenario scenario;
    private int step;
    private int attempt;
    private long who;
    private long iteration;
    private long begunAt;
    private long asked;
    private @Nullable Outgoing outgoing;
    private @Nullable Variables variables;
    private @Nullable CookieJar cookies;

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

    /// Returns which attempt at its step it makes, 0 for the first.
    int attempt() {
        return attempt;
    }

    /// Begins an iteration whose first request is due at `due`; `drawer` and `index` decide its random choices;
    /// it is `now`.
    void begin(long drawer, long index, long due, long now) {
        who = drawer;
        iteration = index;
        begunAt = due;
        scenario = stage.scenarios().get(stage.mix().pick(stage.seed().draw(drawer, index, 0)));
        step = 0;
        attempt = 0;
        if (scenario.plain() || provided()) {
            goOn(due, now);
        } else {
            step = scenario.steps().size();
            home.starved(this, due);
        }
    }

    /// Gets variables and cookies ready for the iteration; returns whether its feeders had a row for it.
    private boolean provided() {
        if (scenario.cookies() == Cookies.PER_ITERATION) {
            cookies().clear();
        }
        if (!scenario.variables()) {
            return true;
        }
        var fresh = variables();
        fresh.begin(who, iteration);
        return stage.feeds().take(scenario.feeds(), fresh, who, iteration);
    }

    private Variables variables() {
        var known = variables;
        if (known == null) {
            known = new Variables(stage.seed(), stage.run(), number, stage.clock()::nanos);
            variables = known;
        }
        return known;
    }

    /// Whether it keeps the service's cookies.
    boolean keepsCookies() {
        return scenario.cookies() != Cookies.NONE;
    }

    /// Whether there are cookies for it to send.
    boolean hasCookies() {
        return cookies != null && !cookies.empty();
    }

    /// Returns the cookies that it keeps.
    CookieJar cookies() {
        var known = cookies;
        if (known == null) {
            known = stage.origin().jar();
            cookies = known;
        }
        return known;
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

    /// Returns what is sent at its step: the same at each attempt.
    Outgoing outgoing() {
        var prepared = scenario.steps().get(step);
        if (prepared.fixed().isPresent()) {
            return prepared.fixed().get();
        }
        var rendered = attempt > 0 ? outgoing : null;
        if (rendered == null) {
            rendered = prepared.render(variables());
            outgoing = rendered;
        }
        return rendered;
    }

    /// Takes the variables that an answer gave.
    void found(Map<String, String> values) {
        if (!values.isEmpty()) {
            variables().set(values);
        }
    }

    /// Takes how long the answer asked it to wait before it tries again, in nanoseconds.
    void askedToWait(long nanos) {
        asked = nanos;
    }

    /// Takes the end of `ended`, an attempt at its step.
    void ended(Attempt ended, Outcome outcome, long now) {
        var done = scenario.steps().get(step);
        var retry = done.retry();
        if (retry.isPresent() && retry.get().again(attempt, outcome, ended.status())) {
            tryAgain(retry.get(), now);
            return;
        }
        attempt = 0;
        asked = 0;
        step = outcome == Outcome.OK || !done.extracts() || madeUp(done)
                ? step + 1
                : scenario.steps().size();
        long pause = underWay() || home.thinksBetweenIterations() ? pause(done, outcome) : 0;
        long due = underWay() || !home.thinksBetweenIterations() ? now + pause : nextIteration(now + pause);
        if (due == now && !underWay()) {
            home.finished(this, now, now);
        } else {
            home.later(this, due, now);
        }
    }

    private void tryAgain(RetryPolicy retry, long now) {
        double draw = stage.seed().draw(who, iteration, RETRY_DRAWS + step * MOST_ATTEMPTS + attempt);
        long wait = retry.pause(attempt, draw, asked);
        attempt++;
        asked = 0;
        home.later(this, now + wait, now);
    }

    /// Gives the variables of a step that failed what stands for them; returns whether there is something for each.
    private boolean madeUp(PreparedStep failed) {
        var values = failed.inspection().fallbacks();
        values.ifPresent(this::found);
        return values.isPresent();
    }

    private long nextIteration(long due) {
        return scenario.pace() == 0 ? due : Math.max(due, begunAt + scenario.pace());
    }

    private long pause(PreparedStep done, Outcome outcome) {
        var kind = done.think().isEmpty() ? scenario.think() : done.think().get();
        long think = Pause.nanos(kind, stage.seed().draw(who, iteration, step));
        boolean failed = outcome == Outcome.CONNECT_ERROR || outcome == Outcome.RESET;
        return failed && home.thinksBetweenIterations() ? Math.max(think, AFTER_FAILURE) : think;
    }
}
