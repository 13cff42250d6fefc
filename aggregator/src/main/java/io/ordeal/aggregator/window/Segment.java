package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Rules;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.WindowLedger;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One segment of a run as its partition tells it: the first stage.
///
/// Events are counted into windows by the instant at which they ended. A tick is the watermark: windows that it has
/// passed are handed on to the run, complete, once. An event for a window that was handed on is late: counted, and in
/// no window. After its last tick nothing more counts: the run may be judged by then.
public final class Segment extends Part {
    private static final long HANDOVER = 1_000_000;

    private final String run;
    private final int number;
    private final long length;
    private final Shelf shelf;
    private final TreeMap<Integer, EpochAccount> epochs = new TreeMap<>();
    private final TreeMap<Long, SegmentWindow> open = new TreeMap<>();
    private final NavigableSet<String> instances = new TreeSet<>();
    private final MeasureNames measures = new MeasureNames();
    private long watermark = Long.MIN_VALUE;
    private int phase = -1;
    private boolean finished;
    private boolean silent;
    private boolean unreported;
    private long heardAt;
    private int lastEpoch = -1;
    private @Nullable EpochAccount lastAccount;
    private @Nullable SegmentWindow lastWindow;

    /// Where the segment hands on what it has.
    public interface Outlet {
        /// A window is complete as far as this segment goes; `content` is what [Run#window] takes.
        void window(int segment, long start, byte[] content);

        /// The segment has come this far.
        void report(SegmentReport report);
    }

    /// Starts with nothing counted.
    ///
    /// @param length of a window, microseconds
    /// @param now by the wall clock, milliseconds
    public Segment(String run, int number, long length, Shelf shelf, long now) {
        super(Keys.of(run, number));
        this.run = run;
        this.number = number;
        this.length = length;
        this.shelf = shelf;
        this.heardAt = now;
    }

    /// Whether `run` can be the id of a run here.
    public static boolean valid(String run) {
        return Keys.fits(run);
    }

    /// Counts a request that ended.
    ///
    /// @param now by the wall clock, milliseconds
    public void request(int epoch, RequestTiming request, long now) {
        heardAt = now;
        if (finished) {
            return;
        }
        changed();
        var account = account(epoch);
        boolean isNew = account.takes(request.sequence());
        if (isNew && request.request() >= Rules.REQUESTS) {
            account.refused(1);
            unreported = true;
            return;
        }
        var window = openWindow(request.ended());
        if (!isNew) {
            if (window != null) {
                window.duplicate();
            }
        } else if (window == null) {
            account.late();
            unreported = true;
        } else {
            account.aggregated();
            window.record(request);
            if (request.measures().isPresent()) {
                account.refused(window.measure(request, measures));
            }
        }
    }

    /// The open window that an instant falls into, or null where it has been handed on: the hot path.
    private @Nullable SegmentWindow openWindow(long micros) {
        if (lastWindow == null || !lastWindow.covers(micros)) {
            long start = Math.floorDiv(micros, length) * length;
            lastWindow = start + length <= watermark ? null : window(start);
        }
        if (lastWindow != null) {
            shelf.changed(lastWindow);
        }
        return lastWindow;
    }

    private SegmentWindow window(long start) {
        var window =
                open.computeIfAbsent(start, _ -> new SegmentWindow(Keys.of(run, number, start), start, start + length));
        shelf.changed(window);
        return window;
    }

    private EpochAccount account(int epoch) {
        if (lastAccount == null || epoch != lastEpoch) {
            lastAccount = epochs.computeIfAbsent(epoch, _ -> new EpochAccount());
            lastEpoch = epoch;
        }
        return lastAccount;
    }

    /// Takes the segment's account of itself, and hands on the windows that it has passed.
    public void tick(int epoch, SegmentTick tick, Outlet outlet, long now) {
        heardAt = now;
        if (finished) {
            return;
        }
        changed();
        long at = Micros.of(tick.at());
        var account = account(epoch);
        boolean newOwner = !account.ticked();
        account.tick(tick);
        instances.add(tick.instance());
        for (var ledger : tick.windows()) {
            ledger(epoch, ledger);
        }
        touched(tick, at);
        if (epoch < epochs.lastKey()) {
            return; // an earlier owner may still settle its account, but time is the new one's
        }
        phase = tick.phase();
        waiting(tick, at);
        boolean crossed = watermark == Long.MIN_VALUE || at / length != watermark / length;
        boolean wasSilent = silent;
        silent = false;
        finished = tick.finished();
        handOn(finished ? Long.MAX_VALUE : at, tick, at, outlet);
        watermark = Math.max(watermark, at);
        if (crossed || finished || newOwner || wasSilent || unreported) {
            report(outlet);
        }
    }

    private void ledger(int epoch, WindowLedger ledger) {
        long start = Micros.of(ledger.start());
        if (Math.floorMod(start, length) == 0 && start + length > watermark) {
            window(start).ledger(epoch, ledger);
        }
    }

    /// A saturated generator touches every window since its last tick.
    private void touched(SegmentTick tick, long at) {
        long start = Math.floorDiv(at, length) * length;
        if (start + length <= watermark) {
            return;
        }
        window(start).tick(tick);
        if (!tick.saturated().isEmpty()) {
            for (long each = start; each + length > Math.max(watermark, at - 10 * length); each -= length) {
                window(each).saturated(tick.saturated());
            }
        }
    }

    /// Windows in which nothing ended are told as well, as long as something waited in them.
    private void waiting(SegmentTick tick, long at) {
        if (tick.inFlight() == 0 || watermark == Long.MIN_VALUE) {
            return;
        }
        long since = Math.max(watermark, at - tick.oldest());
        for (long start = Math.floorDiv(since, length) * length; start + length <= at; start += length) {
            if (start + length > watermark) {
                window(start);
            }
        }
    }

    private void handOn(long through, SegmentTick tick, long at, Outlet outlet) {
        while (!open.isEmpty() && open.firstKey() <= through - length) {
            var window = open.firstEntry().getValue();
            long oldest = tick.oldest() - (at - window.end());
            boolean waits = tick.inFlight() > 0 && oldest > 0;
            close(window, waits ? tick.inFlight() : 0, waits ? oldest : 0, outlet);
        }
    }

    private void close(SegmentWindow window, long inFlight, long oldest, Outlet outlet) {
        outlet.window(number, window.start(), window.close(phase, inFlight, oldest));
        open.remove(window.start());
        shelf.dropped(window);
        lastWindow = null;
        watermark = Math.max(watermark, window.end());
    }

    /// Hands on everything, as the segment has said nothing since `patience` before `now`, both in milliseconds.
    public void listen(long now, long patience, Outlet outlet) {
        if (now - heardAt < patience || ((finished || silent) && !unreported)) {
            return;
        }
        silent = !finished;
        changed();
        while (!open.isEmpty()) {
            close(open.firstEntry().getValue(), 0, 0, outlet);
        }
        report(outlet);
    }

    /// Nobody listened for so long, milliseconds: that is not the segment's silence.
    public void excuse(long pause) {
        heardAt += pause;
    }

    /// Whether nothing was heard of it for so long that it can be forgotten.
    public boolean stale(long now, long patience) {
        return now - heardAt >= patience && open.isEmpty();
    }

    private void report(Outlet outlet) {
        unreported = false;
        outlet.report(new SegmentReport(
                number, watermark, finished, silent, account(), new TreeSet<>(instances), handovers()));
    }

    private Account account() {
        var sum = Account.NONE;
        for (var epoch : epochs.values()) {
            sum = sum.plus(epoch.account(sum));
        }
        return sum;
    }

    private long handovers() {
        long handovers = 0;
        long before = -1;
        for (var epoch : epochs.values()) {
            if (!epoch.ticked()) {
                continue;
            }
            handovers += before >= 0 && epoch.firstTick() - before > HANDOVER ? 1 : 0;
            before = epoch.lastTick();
        }
        return handovers;
    }

    private void changed() {
        shelf.changed(this);
    }

    @Override
    public void write(ByteWriter out) {
        out.number(watermark).number(phase).flag(finished).flag(silent).flag(unreported);
        out.number(instances.size());
        instances.forEach(out::text);
        out.number(epochs.size());
        epochs.forEach((epoch, account) -> {
            out.number(epoch);
            account.write(out);
        });
        measures.write(out);
    }

    /// Reads what [#write] has written.
    public void read(ByteReader in) {
        watermark = in.number();
        phase = in.integer();
        finished = in.flag();
        silent = in.flag();
        unreported = in.flag();
        for (int left = in.integer(); left > 0; left--) {
            instances.add(in.text());
        }
        for (int left = in.integer(); left > 0; left--) {
            int epoch = in.integer();
            epochs.put(epoch, EpochAccount.read(in));
        }
        measures.read(in);
    }

    /// Reads an open window of this segment.
    ///
    /// @param key the key of its part
    public void readWindow(String key, ByteReader in) {
        long start = Long.parseLong(Keys.words(key)[2]);
        var window = new SegmentWindow(key, start, start + length);
        window.read(in);
        open.put(start, window);
    }
}
