package io.ordeal.aggregator.judge;

import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;

/// How well the generators kept their schedule: start delays of requests, and lags of the event loop.
///
/// The start delay of a request is its delay less what it waited for a connection, so the service has no part in it.
/// The ticks' own greatest delay counts for the maximum, as requests that never ended have no event.
public final class Pace {
    private final Counts delay = new Counts();
    private final Counts lag = new Counts();
    private long maxDelay;
    private long maxLag;

    /// Counts the start of one request.
    public void record(RequestTiming request) {
        long own = Math.max(request.delay() - request.blocked() - request.connect() - request.tls(), 0);
        delay.record(own);
        maxDelay = Math.max(maxDelay, own);
    }

    /// Counts what one tick says.
    public void record(SegmentTick tick) {
        lag.record(tick.eventLoopLag());
        maxLag = Math.max(maxLag, tick.eventLoopLag());
        maxDelay = Math.max(maxDelay, tick.startDelay());
    }

    /// Returns the start delay that `rank` percent of the requests do not exceed, microseconds.
    public long delay(double rank) {
        return Math.min(delay.percentile(rank), maxDelay);
    }

    /// Returns the greatest start delay, microseconds.
    public long maxDelay() {
        return maxDelay;
    }

    /// Returns the event-loop lag that `rank` percent of the ticks do not exceed, microseconds.
    public long lag(double rank) {
        return Math.min(lag.percentile(rank), maxLag);
    }

    /// Returns the greatest event-loop lag, microseconds.
    public long maxLag() {
        return maxLag;
    }

    /// Writes it.
    public void write(ByteWriter out) {
        delay.write(out);
        lag.write(out);
        out.number(maxDelay).number(maxLag);
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        delay.addFrom(in);
        lag.addFrom(in);
        maxDelay = Math.max(maxDelay, in.number());
        maxLag = Math.max(maxLag, in.number());
    }
}
