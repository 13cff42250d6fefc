package io.ordeal.aggregator.judge;

import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// One window of a run: what ended in it, by phase and request, and what the generators say about it.
public final class RunWindow {
    private final long start;
    private final long end;
    private final TreeMap<Series, Tally> tallies = new TreeMap<>();
    private final NavigableSet<String> saturated = new TreeSet<>();
    private Load load = Load.NONE;

    /// A kind of request in a phase, by index.
    public record Series(int phase, int request) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            return phase != other.phase ? Integer.compare(phase, other.phase) : Integer.compare(request, other.request);
        }
    }

    /// What the generators' ticks say about a window.
    ///
    /// @param completed requests that ended in it, by the generators' own count
    /// @param duplicates events that came twice
    /// @param phase the phase under way at its end, -1 before the first
    /// @param inFlight requests in flight at its end
    /// @param oldest the age of the oldest of them at its end, microseconds
    public record Load(
            long scheduled,
            long dropped,
            long sent,
            long completed,
            long duplicates,
            int phase,
            long inFlight,
            long oldest) {
        /// Nothing.
        public static final Load NONE = new Load(0, 0, 0, 0, 0, -1, 0, 0);

        /// Returns this and `other` together.
        public Load plus(Load other) {
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

    /// Starts empty; instants in microseconds since the epoch.
    public RunWindow(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /// Returns the tally of one kind of request, to be added to.
    public Tally tally(Series series) {
        return tallies.computeIfAbsent(series, _ -> new Tally());
    }

    /// Adds what the generators of a segment say.
    public void add(Load more, Iterable<String> saturations) {
        load = load.plus(more);
        saturations.forEach(saturated::add);
    }

    /// Returns its start, microseconds since the epoch.
    public long start() {
        return start;
    }

    /// Returns its end, microseconds since the epoch.
    public long end() {
        return end;
    }

    /// Returns the tallies by kind of request.
    public Map<Series, Tally> tallies() {
        return tallies;
    }

    /// Returns what the generators say about it.
    public Load load() {
        return load;
    }

    /// Returns why the generators could not keep their schedule in it.
    public NavigableSet<String> saturated() {
        return saturated;
    }

    /// Returns how many requests ended in it.
    public long count() {
        return tallies.values().stream().mapToLong(Tally::count).sum();
    }

    /// Returns when the earliest of its requests was sent, its own start where none ended.
    public long from() {
        return tallies.values().stream()
                .mapToLong(tally -> tally.earliestSent(start))
                .min()
                .orElse(start);
    }

    /// Returns the phase that most of its requests belong to, or the one under way where none ended.
    public int mainPhase() {
        var counts = new TreeMap<Integer, Long>();
        tallies.forEach((series, tally) -> counts.merge(series.phase(), tally.count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .orElse(Math.max(load.phase(), 0));
    }

    /// Whether requests were due and their silence is a breach: none ended, and one was dropped or has waited longer
    /// than the window.
    public boolean stalled() {
        return count() == 0 && (load.dropped() > 0 || (load.inFlight() > 0 && load.oldest() >= end - start));
    }

    /// Whether nothing was due in it and nothing ended: such a window is not told of.
    public boolean idle() {
        return count() == 0
                && load.scheduled() == 0
                && load.dropped() == 0
                && load.completed() == 0
                && load.inFlight() == 0;
    }

    /// Returns the sum of the tallies whose phase and request count.
    public Tally sum(IntPredicate phases, IntPredicate requests) {
        var sum = new Tally();
        tallies.forEach((series, tally) -> {
            if (phases.test(series.phase()) && requests.test(series.request())) {
                sum.add(tally);
            }
        });
        return sum;
    }

    /// Writes the window without its bounds.
    public void write(ByteWriter out) {
        out.number(tallies.size());
        tallies.forEach((series, tally) -> {
            out.number(series.phase()).number(series.request());
            tally.write(out);
        });
        out.number(load.scheduled).number(load.dropped).number(load.sent).number(load.completed);
        out.number(load.duplicates).number(load.phase).number(load.inFlight).number(load.oldest);
        out.number(saturated.size());
        saturated.forEach(out::text);
    }

    /// Adds what [#write] has written, of the same window or of a part of it.
    public void addFrom(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            tally(new Series(in.integer(), in.integer())).addFrom(in);
        }
        load = load.plus(new Load(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.integer(),
                in.number(),
                in.number()));
        for (int left = in.integer(); left > 0; left--) {
            saturated.add(in.text());
        }
    }
}
