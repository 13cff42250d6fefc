package io.ordeal.aggregator.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One window: what ended in it, and what the generators say about it.
final class Slot {
    private final long start;
    private final long end;
    private final List<Ended.Request> requests = new ArrayList<>();
    private final NavigableSet<String> saturated = new TreeSet<>();
    private Load load = Load.NONE;

    /// What ticks say about a window.
    ///
    /// @param phase the phase under way at its end, -1 where none is known
    /// @param inFlight requests in flight at its end
    /// @param oldest the age of the oldest of them at its end, microseconds
    record Load(
            long scheduled,
            long dropped,
            long sent,
            long completed,
            long duplicates,
            int phase,
            long inFlight,
            long oldest) {
        static final Load NONE = new Load(0, 0, 0, 0, 0, -1, 0, 0);
        static final Load DUPLICATE = new Load(0, 0, 0, 0, 1, -1, 0, 0);

        Load plus(Load other) {
            return new Load(
                    scheduled + other.scheduled,
                    dropped + other.dropped,
                    sent + other.sent,
                    completed + other.completed,
                    duplicates + other.duplicates,
                    Math.max(phase, other.phase),
                    inFlight + other.inFlight,
                    Math.max(oldest, other.oldest));
        }
    }

    Slot(long start, long length) {
        this.start = start;
        this.end = start + length;
    }

    void add(Ended.Request request) {
        requests.add(request);
    }

    void add(Load more) {
        load = load.plus(more);
    }

    void saturated(String why) {
        saturated.add(why);
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    Load load() {
        return load;
    }

    NavigableSet<String> saturated() {
        return saturated;
    }

    Ended ended() {
        return new Ended(requests);
    }

    /// Returns when its earliest request was sent, or its start.
    long from() {
        return ended().earliestSent(start);
    }

    /// Returns the phase that most of its requests belong to, the earlier one of two; the one under way where none
    /// ended.
    int mainPhase() {
        var counts = new TreeMap<Integer, Long>();
        requests.forEach(request -> counts.merge(request.timing().phase(), 1L, Long::sum));
        int main = Math.max(load.phase, 0);
        long most = 0;
        for (var count : counts.entrySet()) {
            if (count.getValue() > most) {
                main = count.getKey();
                most = count.getValue();
            }
        }
        return main;
    }

    /// Whether requests were due, none ended, and one was dropped or has waited longer than the window.
    boolean stalled() {
        return requests.isEmpty() && (load.dropped > 0 || (load.inFlight > 0 && load.oldest >= end - start));
    }

    /// Whether something was due in it, waited in it or ended in it.
    boolean told() {
        return !requests.isEmpty() || load.scheduled > 0 || load.dropped > 0 || load.completed > 0 || load.inFlight > 0;
    }
}
