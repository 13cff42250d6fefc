package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.FourDigits;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Pace;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.WindowLedger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one segment has in one window that is still open for it.
final class SegmentWindow extends Part {
    private final RunWindow content;
    private final Pace pace = new Pace();
    private final TreeMap<Integer, WindowLedger> ledgers = new TreeMap<>();
    private long duplicates;
    private @Nullable Tally[][] tallies = {};

    SegmentWindow(String key, long start, long end) {
        super(key);
        this.content = new RunWindow(start, end);
    }

    long start() {
        return content.start();
    }

    long end() {
        return content.end();
    }

    boolean covers(long micros) {
        return micros >= content.start() && micros < content.end();
    }

    void record(RequestTiming request) {
        tally(request.phase(), request.request()).record(request);
        pace.record(request);
    }

    /// Counts what a request measured itself, in order of the names; returns how many of its values are not kept.
    long measure(RequestTiming request, MeasureNames names) {
        var tally = tally(request.phase(), request.request());
        long refused = 0;
        for (var measure : new TreeMap<>(request.measures().orElseGet(Map::of)).entrySet()) {
            if (!FourDigits.fits(measure.getValue())) {
                continue;
            }
            if (names.admit(measure.getKey())) {
                tally.measure(measure.getKey(), measure.getValue());
            } else {
                refused++;
            }
        }
        return refused;
    }

    /// The hottest line of the aggregator: two array look-ups instead of a map's.
    private Tally tally(int phase, int request) {
        if (phase < tallies.length && request < tallies[phase].length) {
            var known = tallies[phase][request];
            if (known != null) {
                return known;
            }
        }
        var tally = content.tally(new RunWindow.Series(phase, request));
        if (phase >= tallies.length) {
            int before = tallies.length;
            tallies = Arrays.copyOf(tallies, phase + 1);
            Arrays.fill(tallies, before, tallies.length, new Tally[0]);
        }
        if (request >= tallies[phase].length) {
            tallies[phase] = Arrays.copyOf(tallies[phase], request + 1);
        }
        tallies[phase][request] = tally;
        return tally;
    }

    void duplicate() {
        duplicates++;
    }

    /// Takes the counts so far that the owner `epoch` gives.
    void ledger(int epoch, WindowLedger ledger) {
        ledgers.put(epoch, ledger);
    }

    void saturated(String why) {
        content.add(RunWindow.Load.NONE, List.of(why));
    }

    void tick(SegmentTick tick) {
        pace.record(tick);
    }

    /// Completes the window with what was in flight at its end, and writes it for the run.
    byte[] close(int phase, long inFlight, long oldest) {
        content.add(load(phase, inFlight, oldest), List.of());
        var out = new ByteWriter();
        content.write(out);
        pace.write(out);
        return out.toBytes();
    }

    private RunWindow.Load load(int phase, long inFlight, long oldest) {
        var load = new RunWindow.Load(0, 0, 0, 0, duplicates, phase, inFlight, oldest);
        for (var ledger : ledgers.values()) {
            load = load.plus(new RunWindow.Load(
                    ledger.scheduled(), ledger.dropped(), ledger.sent(), ledger.completed(), 0, phase, 0, 0));
        }
        return load;
    }

    @Override
    public void write(ByteWriter out) {
        content.write(out);
        pace.write(out);
        out.number(duplicates).number(ledgers.size());
        ledgers.forEach((epoch, ledger) -> out.number(epoch)
                .number(ledger.scheduled())
                .number(ledger.dropped())
                .number(ledger.sent())
                .number(ledger.completed()));
    }

    void read(ByteReader in) {
        content.addFrom(in);
        pace.addFrom(in);
        duplicates = in.number();
        for (int left = in.integer(); left > 0; left--) {
            int epoch = in.integer();
            ledgers.put(
                    epoch,
                    new WindowLedger(Micros.instant(start()), in.integer(), in.integer(), in.integer(), in.integer()));
        }
    }
}
