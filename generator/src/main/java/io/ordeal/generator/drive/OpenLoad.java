package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Cursor;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Stretch;
import java.util.ArrayDeque;

/// The open part of a segment's load: arrivals begin when they are due, whatever became of those before. Each takes
/// an idle user, the one that was busy last, or a new one; beyond the limit it is dropped. Belongs to one event
/// loop.
final class OpenLoad implements Home {
    private final Stage stage;
    private final Share share;
    private final Waiting waiting;
    private final ArrayDeque<User> idle = new ArrayDeque<>();
    private Cursor cursor;
    private long handled;
    private int created;
    private int underWay;

    /// Stands before the first arrival of `share`.
    ///
    /// @param waiting where users wait for their next request
    OpenLoad(Stage stage, Share share, Waiting waiting) {
        this.stage = stage;
        this.share = share;
        this.waiting = waiting;
        this.cursor = new Cursor(stage.schedule().timeline(), share);
    }

    /// Leaves out what is due before `instant`, and counts it as skipped.
    void skipTo(long instant) {
        stage.account().skipped(cursor.skipTo(stage.schedule().offset(instant)));
        handled = Math.max(handled, stage.schedule().offset(instant));
    }

    /// Goes by the timeline as it has become; what was handled already is not handled again.
    void rescheduled() {
        cursor = new Cursor(stage.schedule().timeline(), share);
        cursor.skipTo(handled);
    }

    /// Returns when the next arrival is due, or [DueQueue#NEVER].
    long due() {
        return stage.schedule().instant(cursor.due());
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
        handled = cursor.due() + 1;
        cursor.advance();
    }

    private int limit(Stretch.Open stretch) {
        return (int) Math.max(1, share.of(stretch.maxInFlight()));
    }

    private User newcomer() {
        return new User((int) share.at(created++), stage.links().forUser(), stage, this);
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
    public void later(User user, long due, long now) {
        waiting.until(due, user, now);
    }
}
