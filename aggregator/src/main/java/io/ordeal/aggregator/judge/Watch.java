package io.ordeal.aggregator.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How the aggregator watched over a run, by its own beats; instants in microseconds since the epoch.
///
/// Of the beats it keeps the last, and the pauses that were long enough to matter.
public final class Watch {
    /// As what the aggregator beats.
    public static final String COMPONENT = "aggregator";

    private final List<Silence> silences = new ArrayList<>();
    private long last = Long.MIN_VALUE;

    /// A time without a beat.
    public record Silence(long from, long to) {}

    /// Takes the next beat. One that goes back in time, of an instance that is being relieved, says nothing new.
    public void beat(long at) {
        if (at <= last) {
            return;
        }
        if (last == Long.MIN_VALUE || at - last > Rules.SILENCE) {
            silences.add(new Silence(last, at));
        }
        last = at;
    }

    /// Returns the longest part of the time from `from` to `to` that lies in one of the long pauses, or after the last
    /// beat.
    public Optional<Silence> longest(long from, long to) {
        var all = new ArrayList<>(silences);
        all.add(new Silence(last, Long.MAX_VALUE));
        return all.stream()
                .map(silence -> new Silence(Math.max(silence.from, from), Math.min(silence.to, to)))
                .filter(silence -> silence.from < silence.to)
                .max(Comparator.comparingLong(silence -> silence.to - silence.from));
    }

    /// Writes it.
    public void write(ByteWriter out) {
        out.number(last).number(silences.size());
        silences.forEach(silence -> out.number(silence.from).number(silence.to));
    }

    /// Reads what [#write] has written.
    public void read(ByteReader in) {
        last = in.number();
        for (int left = in.integer(); left > 0; left--) {
            silences.add(new Silence(in.number(), in.number()));
        }
    }
}
