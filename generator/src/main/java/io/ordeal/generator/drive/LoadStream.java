package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Stretch;
import io.ordeal.generator.schedule.Timeline;
import java.util.function.LongConsumer;

/// One of the loads that a segment drives side by side: its schedule, its arrivals and its users. Belongs to one
/// event loop.
///
/// ```
///   begins iterations --(end of its schedule, stop)--> ends those under way --(grace over, none left)--> cut
/// ```
final class LoadStream {
    private final Schedule schedule;
    private final Stage stage;
    private final OpenLoad open;
    private final ClosedLoad closed;
    private final Clock clock;
    private final int segments;
    private final long grace;
    private final Tenure tenure;
    private final LongConsumer wakeAt;
    private final DueQueue waiting = new DueQueue();
    private long end;
    private boolean paused;
    private boolean stopped;
    private boolean cut;

    /// Stands before the first arrival and without users.
    ///
    /// @param grace how long iterations under way at the end may go on, nanoseconds
    /// @param tenure for how long what is due may begin
    /// @param wakeAt asks for a turn at an instant
    LoadStream(Schedule schedule, Stage stage, Numbering numbering, long grace, Tenure tenure, LongConsumer wakeAt) {
        this.schedule = schedule;
        this.stage = stage;
        this.clock = stage.clock();
        this.segments = numbering.share().segments();
        this.open = new OpenLoad(stage, schedule, numbering, this::until);
        this.closed = new ClosedLoad(stage, schedule, numbering, this::until);
        this.grace = grace;
        this.tenure = tenure;
        this.wakeAt = wakeAt;
        this.end = schedule.end();
    }

    Stage stage() {
        return stage;
    }

    /// Leaves out what is due before `now`: it is somebody else's.
    void takeOver(long now) {
        open.skipTo(now);
        closed.takeOver(now, stage.account());
    }

    /// Goes by `timeline`, and holds new iterations back or no longer.
    void change(Timeline timeline, boolean pause, long now) {
        if (!schedule.timeline().equals(timeline)) {
            schedule.change(timeline);
            open.rescheduled();
            closed.again();
        }
        if (paused && !pause) {
            closed.again(now);
        }
        paused = pause;
        closed.hold(paused || stopped);
    }

    /// Begins no more iterations.
    void stop(long now) {
        end = Math.min(end, now);
        stopped = true;
        closed.hold(true);
    }

    /// Ends every iteration after the request in flight.
    void cut() {
        stop(clock.nanos());
        cut = true;
    }

    /// Whether its end has come and no iteration may go on: those that are still under way are then cut off.
    boolean over(long now) {
        if (!cut && now >= end && (now >= end + grace || users() == 0)) {
            cut();
            if (grace > 0) {
                stage.abort(now);
            }
        }
        return cut;
    }

    /// Begins what is due, at most `budget` of it; returns whether something may be left.
    boolean turn(long now, int budget) {
        if (cut) {
            return false;
        }
        int left = budget;
        long until = tenure.until(now);
        for (; left > 0 && nextArrival() <= until; left--) {
            open.begin(paused, clock.nanos());
        }
        var stretch = schedule.at(now);
        if (stretch.isPresent() && stretch.get() instanceof Stretch.Closed users) {
            for (; left > 0 && closed.due(users) <= until; left--) {
                closed.begin(users, clock.nanos());
            }
        }
        for (; left > 0 && waiting.earliest() <= until; left--) {
            long due = waiting.earliest();
            waiting.poll().ifPresent(user -> user.goOn(due, clock.nanos()));
        }
        return left == 0;
    }

    /// Returns when its next turn is due, or [DueQueue#NEVER].
    long due(long now) {
        if (cut) {
            return DueQueue.NEVER;
        }
        long users = schedule.at(now)
                .map(stretch -> stretch instanceof Stretch.Closed at ? closed.due(at) : DueQueue.NEVER)
                .orElse(DueQueue.NEVER);
        return tenure.wakeFor(Math.min(Math.min(nextArrival(), users), waiting.earliest()));
    }

    /// Returns how many users are under way.
    int users() {
        return cut ? 0 : open.underWay() + closed.active();
    }

    /// Returns the iterations per second asked for at `now`, of this segment.
    double rate(long now) {
        if (paused || stopped) {
            return 0;
        }
        return schedule.at(now)
                .map(stretch -> stretch instanceof Stretch.Open at
                        ? at.arrivals().rate(schedule.offset(now) - at.start()) / segments
                        : 0.0)
                .orElse(0.0);
    }

    private long nextArrival() {
        return stopped ? DueQueue.NEVER : open.due();
    }

    private void until(long due, User user, long now) {
        if (!cut && due < end + grace) {
            if (due <= now && !tenure.held(now)) {
                user.goOn(due, now);
            } else {
                waiting.add(due, user);
                wakeAt.accept(tenure.wakeFor(due));
            }
        }
    }
}
