package io.ordeal.generator.drive;

import io.ordeal.generator.run.Account;
import io.ordeal.generator.schedule.Arrivals;
import io.ordeal.generator.schedule.Stretch;
import java.util.ArrayList;
import java.util.List;

/// The closed part of one load of a segment: users that begin when the population has grown to them, go through
/// iterations one after another, and stop after the one under way when it has shrunk or there are no more. Belongs
/// to one event loop.
final class ClosedLoad implements Home {
    private final Stage stage;
    private final Schedule schedule;
    private final Numbering numbering;
    private final Waiting waiting;
    private final Allowance allowance;
    private final List<Member> members = new ArrayList<>();
    private int next;
    private long stretchStart = Long.MIN_VALUE;
    private long notBefore;
    private int active;
    private boolean held;

    /// Begins without users.
    ///
    /// @param waiting where users wait for their next request
    ClosedLoad(Stage stage, Schedule schedule, Numbering numbering, Waiting waiting) {
        this.stage = stage;
        this.schedule = schedule;
        this.numbering = numbering;
        this.waiting = waiting;
        this.allowance = new Allowance(numbering.share());
    }

    /// Leaves what was to happen before `now` to the earlier owner of the segment. How many iterations of a phase
    /// under way were performed only that owner knew, so none is: each is performed once at most.
    void takeOver(long now, Account account) {
        again(now);
        account.skipped(allowance.forfeit(schedule.timeline(), schedule.offset(now)));
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
        if (stretch.start() != stretchStart) { // users that were too many before may be wanted again
            stretchStart = stretch.start();
            next = 0;
        }
        long begins = stretch.population().begins(numbering.share().at(next));
        if (held || begins == Arrivals.NEVER || stretch.start() + begins >= stretch.end()) {
            return DueQueue.NEVER;
        }
        return Math.max(notBefore, schedule.instant(stretch.start() + begins));
    }

    /// Lets the next user begin, unless it is busy, has to end already or has done all it was to do.
    void begin(Stretch.Closed stretch, long now) {
        long due = due(stretch);
        while (members.size() <= next) {
            members.add(newcomer(members.size()));
        }
        var member = members.get(next++);
        if (!member.active && goesOn(member, stretch, due)) {
            member.active = true;
            active++;
            member.begin(due, now);
        }
    }

    private Member newcomer(int place) {
        return new Member(new User(numbering.user(place), stage.links().forUser(), stage, this));
    }

    @Override
    public boolean thinksBetweenIterations() {
        return true;
    }

    /// Lets `user` begin its next iteration when it is still wanted.
    @Override
    public void finished(User user, long due, long now) {
        var member = member(user);
        var stretch = schedule.at(due);
        if (!held
                && stretch.isPresent()
                && stretch.get() instanceof Stretch.Closed closed
                && goesOn(member, closed, due)) {
            member.begin(due, now);
        } else {
            member.active = false;
            active--;
        }
    }

    /// Whether `member` performs another iteration in `stretch`, which is then made ready.
    private boolean goesOn(Member member, Stretch.Closed stretch, long due) {
        long ordinal = numbering.ordinal(member.user);
        return stretch.population().active(ordinal, schedule.offset(due) - stretch.start())
                && allowance.take(stretch, member, ordinal);
    }

    @Override
    public void starved(User user, long due) {
        member(user).active = false;
        active--;
    }

    private Member member(User user) {
        return members.get(numbering.place(user));
    }

    @Override
    public void later(User user, long due, long now) {
        if (!user.underWay() && due >= schedule.end()) {
            finished(user, due, now); // it would only think, and then end
        } else {
            waiting.until(due, user, now);
        }
    }

    /// A user and how far it is.
    static final class Member {
        private final User user;
        private boolean active;

        /// Iterations begun so far.
        long iterations;

        /// The phase of which `left` tells; -1: none yet.
        int phase = -1;

        /// Iterations that it may still begin in its phase.
        long left;

        /// Who draws for its next iteration, and the iteration's index; see [io.ordeal.generator.schedule.Seed].
        long drawer;

        long index;

        Member(User user) {
            this.user = user;
        }

        private void begin(long due, long now) {
            iterations++;
            user.begin(drawer, index, due, now);
        }
    }
}
