package io.ordeal.schemas.load;

import java.time.Instant;
import java.util.List;

/// A segment's account of itself, several times a second, and the watermark of its partition: every request of this
/// segment and
/// epoch that ended before `at` stands before this record. Counts run from the start of the epoch.
///
/// @param instance The generator instance that drives the segment.
/// @param phase Index of the phase under way; -1 before the first.
/// @param skipped Arrivals of the schedule before this epoch took over, which it did not make: an earlier one did, or
/// nobody.
/// @param scheduled Requests that were due.
/// @param dropped Due, but never sent: no user was free, or load was paused.
/// @param published Events that the broker has acknowledged.
/// @param lost Events that could not be published.
/// @param oldest Age of the oldest request in flight, microseconds.
/// @param startDelay Greatest delay between a scheduled instant and its start since the last tick, microseconds, not
/// counting waits for connections.
/// @param eventLoopLag Greatest lag of the event loop since the last tick, microseconds.
/// @param cpu Processor use of the generator process since the last tick, in cores.
/// @param rate Iterations per second asked for at present, of this segment; 0 in a closed model.
/// @param users Users under way, of this segment.
/// @param saturated The generator could not keep its schedule since the last tick; the windows it touches cannot be
/// judged. Empty: it could.
/// @param finished The last tick of the segment.
/// @param windows Windows whose counts changed since the last tick, each with its counts so far.
/// @param gc Time that garbage collection stopped the generator process since the last tick, microseconds.
/// @param backlog Events of the generator process that wait to be published.
/// @param arrived Arrivals of the schedule that this epoch took in hand, dropped ones included: with `skipped`, where
/// in
/// the schedule it stands.
public record SegmentTick(
        Instant at,
        String instance,
        int phase,
        long skipped,
        long scheduled,
        long dropped,
        long sent,
        long completed,
        long published,
        long lost,
        int inFlight,
        long oldest,
        long startDelay,
        long eventLoopLag,
        double cpu,
        double rate,
        int users,
        String saturated,
        boolean finished,
        List<WindowLedger> windows,
        long gc,
        long backlog,
        long arrived)
        implements TimingEvent {
    public SegmentTick {
        windows = List.copyOf(windows);
    }
}
