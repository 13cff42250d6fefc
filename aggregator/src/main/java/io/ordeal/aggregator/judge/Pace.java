package io.ordeal.aggregator.judge;

import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import org.HdrHistogram.AbstractHistogram;

/// How well the generators kept their schedule: start delays of requests, and lags of the event loop.
///
/// The start delay of a request is its delay less what it waited for a connection, so the service has no part in it.
/// The ticks' own greatest delay counts for the maximum, as requests that never ended have no event.
public final class Pace {
    private final AbstractHistogram delay;
    private final AbstractHistogram lag;
    private long maxDelay;
    private long maxLag;

    private Pace(AbstractHistogram delay, AbstractHistogram lag) {
        this.delay = delay;
        this.lag = lag;
    }

    /// Returns an empty one for a window.
    public static Pace ofWindow() {
        return new Pace(Histograms.narrow(), Histograms.narrow());
    }

    /// Returns an empty one for a run.
    public static Pace ofRun() {
        return new Pace(Histograms.wide(), Histograms.wide());
    }

    /// Counts the start of one request.
    public void record(RequestTiming request) {
        long own = Math.max(request.delay() - request.blocked() - request.connect() - request.tls(), 0);
        Histograms.record(delay, own);
        maxDelay = Math.max(maxDelay, own);
    }

    /// Counts what one tick says.
    public void record(SegmentTick tick) {
        Histograms.record(lag, tick.eventLoopLag());
        maxLag = Math.max(maxLag, tick.eventLoopLag());
        maxDelay = Math.max(maxDelay, tick.startDelay());
    }

    /// Returns the start delay that `rank` percent of the requests do not exceed, microseconds.
    public long delay(double rank) {
        return Math.min(delay.getValueAtPercentile(rank), maxDelay);
    }

    /// Returns the greatest start delay, microseconds.
    public long maxDelay() {
        return maxDelay;
    }

    /// Returns the event-loop lag that `rank` percent of the ticks do not exceed, microseconds.
    public long lag(double rank) {
        return Math.min(lag.getValueAtPercentile(rank), maxLag);
    }

    /// Returns the greatest event-loop lag, microseconds.
    public long maxLag() {
        return maxLag;
    }

    /// Writes it.
    public void write(ByteWriter out) {
        out.bytes(Histograms.encode(delay)).bytes(Histograms.encode(lag));
        out.number(maxDelay).number(maxLag);
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        Histograms.decodeInto(in.bytes(), delay);
        Histograms.decodeInto(in.bytes(), lag);
        maxDelay = Math.max(maxDelay, in.number());
        maxLag = Math.max(maxLag, in.number());
    }
}
