package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Cursor;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.schedule.Stretch;
import java.util.ArrayDeque;

/// The open part of one load of a segment: arrivals begin when they are due, whatever became of those before. Each
/// takes an idle user, the one that was busy last, or a new one; beyond the limit it is dropped. Belongs to one
/// event loop.
final class OpenLoad implements Home {
    private final Stage stage;
    private final Schedule schedule;
    private final Numbering numbering;
    private final Waiting waiting;
    private final ArrayDeque<User> idle = new ArrayDeque<>();
    private Cursor cursor;
    private long handled;
    private long handledIndex = -1;
    private int created;
    private int underWay;

    /// Stands before the first arrival of its share.
    ///
    /// @param waiting where users wait for their next request
    OpenLoad(Stage stage, Schedule schedule, Numbering numbering, Waiting waiting) {
        this.stage = stage;
        this.schedule = schedule;
        this.numbering = numbering;
        this.waiting = waiting;
        this.cursor = new Cursor(schedule.timeline(), numbering.share());
    }

    /// Leaves out what is due before `instant`, and counts it as skipped.
    void skipTo(long instant) {
        long arrivals = cursor.skipTo(schedule.offset(instant));
        stage.account().skipped(arrivals);
        stage.feeds().skip(arrivals);
        handled = Math.max(handled, schedule.offset(instant));
    }

    /// Goes by the timeline as it has become; what was handled already is not handled again.
    void rescheduled() {
        cursor = new Cursor(schedule.timeline(), numbering.share());
        cursor.skipTo(handled);
        while (cursor.due() == handled && cursor.index() <= handledIndex) {
            cursor.advance();
        }
    }

    /// Returns when the next arrival is due, or [DueQueue#NEVER].
    long due() {
        return schedule.instant(cursor.due());
    }

    int underWay() {
        return underWay;
    }

    /// Begins the next arrival, or drops it when load is paused or too much is under way.
    void begin(boolean paused, long now) {
        long due = due();
        stage.account().arrived();
        if (paused || underWay >= limit(cursor.stretch())) {
            stage.account().scheduled(due);
            stage.account().dropped(due);
        } else {
            underWay++;
            var user = idle.isEmpty() ? newcomer() : idle.pop();
            user.begin(Seed.ARRIVALS, cursor.index(), due, now);
        }
        handled = cursor.due();
        handledIndex = cursor.index();
        cursor.advance();
    }

    private int limit(Stretch.Open stretch) {
        return (int) Math.max(1, numbering.share().of(stretch.maxInFlight()));
    }

    private User newcomer() {
        return new User(numbering.user(created++), stage.links().forUser(), stage, this);
    }

    @Override
    public boolean thinksBetweenIterations() {
        return false;
    }

    @Override
    public void finished(User user, long due, long now) {
        underWay--;
        idle.push(user);
    }

    @Override
    public void starved(User user, long due) {
        stage.account().scheduled(due);
        stage.account().dropped(due);
        underWay--;
        idle.push(user);
    }

    @Override
    public void later(User user, long due, long now) {
        waiting.until(due, user, now);
    }
}
