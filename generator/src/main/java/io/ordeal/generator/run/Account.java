package io.ordeal.generator.run;

import io.ordeal.schemas.load.SegmentTick;
import java.time.Instant;

/// The account that one segment gives of itself in its ticks: every request is scheduled, then dropped or sent, then
/// completed. Instants are nanoseconds since 1970. Not thread-safe: it belongs to the segment's event loop.
public final class Account {
    private final String instance;
    private final Windows windows;
    private final Tolerance tolerance;
    private long skipped;
    private long arrived;
    private long scheduled;
    private long dropped;
    private long sent;
    private long completed;
    private long startDelay;
    private long lag;
    private long lostBefore;
    private String spoiled = "";
    private long gcBefore;

    /// Opens an account.
    ///
    /// @param windowNanos length of a window
    /// @param tolerance beyond which the generator counts as saturated
    /// @param gcNanos for how long garbage collection has stopped the process so far
    public Account(String instance, long windowNanos, Tolerance tolerance, long gcNanos) {
        this.instance = instance;
        this.windows = new Windows(windowNanos);
        this.tolerance = tolerance;
        this.gcBefore = gcNanos;
    }

    /// Counts arrivals that an earlier owner of the segment should have made.
    public void skipped(long arrivals) {
        skipped += arrivals;
    }

    /// Counts an arrival of the schedule that was taken in hand: begun, or dropped.
    public void arrived() {
        arrived++;
    }

    /// Counts a request that was due at `due`.
    public void scheduled(long due) {
        scheduled++;
        windows.at(due).scheduled++;
    }

    /// Counts a request that was due at `due` as never to be sent.
    public void dropped(long due) {
        dropped++;
        windows.at(due).dropped++;
    }

    /// Counts a request as sent and returns its index in order of sending.
    public long sent(long at) {
        windows.at(at).sent++;
        return sent++;
    }

    /// Counts a request as ended and returns its place in order of ending.
    public long completed(long at) {
        windows.at(at).completed++;
        return completed++;
    }

    /// Notes how long after its instant a request was begun.
    public void started(long delay) {
        startDelay = Math.max(startDelay, delay);
    }

    /// Notes how late the event loop came back.
    public void lagged(long late) {
        lag = Math.max(lag, late);
    }

    /// Notes why no window can be judged from now on; the first reason counts.
    public void spoiled(String why) {
        if (spoiled.isEmpty()) {
            spoiled = why;
        }
    }

    /// Returns how many requests are in flight: sent and not ended.
    public int inFlight() {
        return (int) (sent - completed);
    }

    /// Returns how many requests are due and neither dropped nor ended.
    public long open() {
        return scheduled - dropped - completed;
    }

    /// Returns the tick of `now` and begins the next interval.
    public SegmentTick tick(long now, Outside outside, boolean finished) {
        long gc = outside.gc - gcBefore;
        var tick = new SegmentTick(
                Instant.ofEpochSecond(0, now),
                instance,
                outside.phase,
                skipped,
                scheduled,
                dropped,
                sent,
                completed,
                outside.published,
                outside.lost,
                inFlight(),
                outside.oldest / 1000,
                startDelay / 1000,
                lag / 1000,
                outside.cpu,
                outside.rate,
                outside.users,
                spoiled.isEmpty() ? tolerance.broken(startDelay, lag, gc, outside.lost - lostBefore, outside) : spoiled,
                finished,
                windows.changes(now),
                gc / 1000,
                outside.backlog,
                arrived);
        startDelay = 0;
        lag = 0;
        lostBefore = outside.lost;
        gcBefore = outside.gc;
        return tick;
    }

    /// What a tick says that the account does not know itself.
    ///
    /// @param phase index of the phase under way, -1 before the first
    /// @param published events that the broker has acknowledged
    /// @param lost events that could not be published
    /// @param oldest age of the oldest request in flight, nanoseconds
    /// @param cpu cores in use
    /// @param rate iterations per second asked for, of this segment
    /// @param users under way, of this segment
    /// @param gc for how long garbage collection has stopped the process so far, nanoseconds
    /// @param backlog events of the process that wait to be published
    public record Outside(
            int phase,
            long published,
            long lost,
            long oldest,
            double cpu,
            double rate,
            int users,
            long gc,
            long backlog) {}
}
