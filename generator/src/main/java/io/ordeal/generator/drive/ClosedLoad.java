package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Arrivals;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Stretch;
import java.util.ArrayList;
import java.util.List;

/// The closed part of a segment's load: users that begin when the population has grown to them, go through
/// iterations one after another, and stop after the one under way when it has shrunk. Belongs to one event loop.
final class ClosedLoad implements Home {
    private final Stage stage;
    private final Share share;
    private final Waiting waiting;
    private final List<Member> members = new ArrayList<>();
    private int next;
    private long notBefore;
    private int active;
    private boolean held;

    /// Begins without users.
    ///
    /// @param waiting where users wait for their next request
    ClosedLoad(Stage stage, Share share, Waiting waiting) {
        this.stage = stage;
        this.share = share;
        this.waiting = waiting;
    }

    /// Looks for users to begin again from the first on, none of them due before `instant`.
    void again(long instant) {
        next = 0;
        notBefore = Math.max(notBefore, instant);
    }

    /// Looks for users to begin again from the first on.
    void again() {
        next = 0;
    }

    /// Holds users back after their iteration, or no longer.
    void hold(boolean hold) {
        held = hold;
    }

    int active() {
        return active;
    }

    /// Returns when the next user begins within `stretch`, or [DueQueue#NEVER].
    long due(Stretch.Closed stretch) {
        long begins = stretch.population().begins(share.at(next));
        if (held || begins == Arrivals.NEVER || stretch.start() + begins >= stretch.end()) {
            return DueQueue.NEVER;
        }
        return Math.max(notBefore, stage.schedule().instant(stretch.start() + begins));
    }

    /// Lets the next user begin, unless it is busy or has to end already.
    void begin(Stretch.Closed stretch, long now) {
        long due = due(stretch);
        while (members.size() <= next) {
            members.add(new Member(newcomer()));
        }
        var member = members.get(next++);
        if (!member.active && stretch.population().active(member.user.number(), offset(stretch, due))) {
            member.active = true;
            active++;
            member.begin(due, now);
        }
    }

    private User newcomer() {
        return new User((int) share.at(members.size()), stage.links().forUser(), stage, this);
    }

    @Override
    public boolean thinksBetweenIterations() {
        return true;
    }

    /// Lets `user` begin its next iteration when it is still wanted.
    @Override
    public void finished(User user, long due, long now) {
        var member = member(user);
        if (!held && wanted(user, due)) {
            member.begin(due, now);
        } else {
            member.active = false;
            active--;
        }
    }

    private boolean wanted(User user, long due) {
        return stage.schedule()
                .at(due)
                .filter(stretch -> stretch instanceof Stretch.Closed closed
                        && closed.population().active(user.number(), offset(closed, due)))
                .isPresent();
    }

    private long offset(Stretch.Closed stretch, long instant) {
        return stage.schedule().offset(instant) - stretch.start();
    }

    @Override
    public void starved(User user, long due) {
        member(user).active = false;
        active--;
    }

    private Member member(User user) {
        return members.get((user.number() - share.segment()) / share.segments());
    }

    @Override
    public void later(User user, long due, long now) {
        waiting.until(due, user, now);
    }

    /// A user and how far it is.
    private static final class Member {
        private final User user;
        private boolean active;
        private long iterations;

        Member(User user) {
            this.user = user;
        }

        void begin(long due, long now) {
            user.begin(user.number() + 1L, iterations++, due, now);
        }
    }
}
