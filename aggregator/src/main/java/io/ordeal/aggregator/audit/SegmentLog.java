package io.ordeal.aggregator.audit;

import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.WindowLedger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The records of one segment in their order, sorted into windows.
///
/// Its watermark is how far its ticks have come: what ended before it and comes after it is late.
final class SegmentLog {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long SILENCE = 5 * Micros.SECOND;
    private static final long HANDOVER = Micros.SECOND;
    private static final int REQUESTS = 2000;
    private static final int MEASURES = 16;
    /// A saturated generator touches the windows since its last tick, which are at most so many.
    private static final int TOUCHED = 10;

    private final long window;
    private final Slots slots;
    private final Pace pace;
    private final Set<Long> waited;
    private final TreeMap<Integer, Owner> owners = new TreeMap<>();
    private final TreeMap<Long, Map<Integer, WindowLedger>> ledgers = new TreeMap<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    private final Set<String> measures = new HashSet<>();
    private long watermark = NEVER;
    private long heard = NEVER;
    private boolean returned;
    private boolean finished;
    private int phase = -1;
    private long refused;

    /// @param waited the windows that were told as closed by a wait, by their start
    SegmentLog(long window, Slots slots, Pace pace, Set<Long> waited) {
        this.window = window;
        this.slots = slots;
        this.pace = pace;
        this.waited = waited;
    }

    void read(Timing timing) {
        if (finished) {
            return; // the verdict may be out by then
        }
        var owner = owners.computeIfAbsent(timing.epoch(), _ -> new Owner());
        switch (timing.event()) {
            case RequestTiming request -> {
                listen(request.ended());
                request(owner, request);
            }
            case SegmentTick tick -> {
                listen(Micros.of(tick.at()));
                tick(timing.epoch(), owner, tick);
            }
        }
    }

    /// Windows closed without a segment that said nothing for 5 s. Whether they did is the wall clock's to say, so it
    /// is believed only where windows were told as closed by a wait.
    private void listen(long at) {
        if (!waited.isEmpty() && heard != NEVER && at - heard >= SILENCE) {
            returned = true;
            handOnAll();
        }
        heard = Math.max(heard, at);
    }

    private long windowOf(long micros) {
        return Math.floorDiv(micros, window) * window;
    }

    private boolean passed(long start) {
        return start + window <= watermark;
    }

    private void request(Owner owner, RequestTiming request) {
        long start = windowOf(request.ended());
        if (!owner.takes(request.sequence())) {
            if (!passed(start)) {
                open.add(start);
                slots.at(start).add(Slot.Load.DUPLICATE);
            }
        } else if (request.request() >= REQUESTS) {
            refused++;
        } else if (passed(start) || (returned && waited.contains(start))) {
            owner.late++;
        } else {
            owner.aggregated++;
            open.add(start);
            slots.at(start).add(new Ended.Request(request, kept(request)));
            pace.start(request);
        }
    }

    private Map<String, Double> kept(RequestTiming request) {
        var kept = new HashMap<String, Double>();
        new TreeMap<>(request.measures().orElse(Map.of())).forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                return;
            }
            if (measures.contains(name) || measures.size() < MEASURES) {
                measures.add(name);
                kept.put(name, FourDigits.of(value));
            } else {
                refused++;
            }
        });
        return kept;
    }

    private void tick(int epoch, Owner owner, SegmentTick tick) {
        long at = Micros.of(tick.at());
        owner.ticked(tick, at);
        instances.add(tick.instance());
        for (var ledger : tick.windows()) {
            long start = Micros.of(ledger.start());
            if (Math.floorMod(start, window) == 0 && !passed(start)) {
                open.add(start);
                ledgers.computeIfAbsent(start, _ -> new HashMap<>()).put(epoch, ledger);
            }
        }
        touch(tick, at);
        if (epoch == owners.lastKey()) { // an earlier owner may settle its account, but time is the new one's
            wait(tick, at);
            pass(tick, at);
        }
    }

    private void touch(SegmentTick tick, long at) {
        long current = windowOf(at);
        if (passed(current)) {
            return;
        }
        open.add(current);
        pace.tick(tick);
        if (!tick.saturated().isEmpty()) {
            long since = Math.max(watermark, at - TOUCHED * window);
            for (long start = current; start + window > since; start -= window) {
                open.add(start);
                slots.at(start).saturated(tick.saturated());
            }
        }
    }

    /// Windows in which nothing ended count as well, as long as something waited in them.
    private void wait(SegmentTick tick, long at) {
        if (tick.inFlight() == 0 || watermark == NEVER) {
            return;
        }
        long since = Math.max(watermark, at - tick.oldest());
        for (long start = windowOf(since); start + window <= at; start += window) {
            if (!passed(start)) {
                open.add(start);
            }
        }
    }

    /// The tick is the first to pass these windows, so it says what was in flight at their ends.
    private void pass(SegmentTick tick, long at) {
        phase = tick.phase();
        finished = tick.finished();
        while (!open.isEmpty() && (finished || open.first() + window <= at)) {
            long end = open.first() + window;
            long oldest = tick.oldest() - (at - end);
            boolean waits = tick.inFlight() > 0 && oldest > 0;
            handOn(waits ? tick.inFlight() : 0, waits ? oldest : 0);
        }
        watermark = Math.max(watermark, at);
    }

    private void handOn(long inFlight, long oldest) {
        long start = open.removeFirst();
        slots.at(start).add(new Slot.Load(0, 0, 0, 0, 0, phase, inFlight, oldest));
        watermark = Math.max(watermark, start + window);
    }

    private void handOnAll() {
        while (!open.isEmpty()) {
            handOn(0, 0);
        }
    }

    /// Ends the reading: nothing more will come.
    void end() {
        handOnAll();
        ledgers.forEach((start, byOwner) -> byOwner.values()
                .forEach(ledger -> slots.at(start)
                        .add(new Slot.Load(
                                ledger.scheduled(),
                                ledger.dropped(),
                                ledger.sent(),
                                ledger.completed(),
                                0,
                                -1,
                                0,
                                0))));
    }

    Account account() {
        var sum = Account.NONE;
        for (var owner : owners.values()) {
            sum = sum.plus(owner.account(sum.arrived()));
        }
        return sum;
    }

    /// Returns how often its owner changed with a pause of more than a second.
    long handovers() {
        long handovers = 0;
        long before = NEVER;
        for (var owner : owners.values()) {
            if (owner.lastTick != NEVER) {
                handovers += before != NEVER && owner.firstTick - before > HANDOVER ? 1 : 0;
                before = owner.lastTick;
            }
        }
        return handovers;
    }

    Set<String> instances() {
        return instances;
    }

    boolean finished() {
        return finished;
    }

    long refused() {
        return refused;
    }

    /// What one owner of the segment has said.
    private static final class Owner {
        private long next;
        private long missing;
        private long duplicates;
        private long late;
        private long aggregated;
        private long firstTick = NEVER;
        private long lastTick = NEVER;
        private Account said = Account.NONE;
        private long skipped;

        /// Takes the next sequence number; whether it is new.
        boolean takes(long sequence) {
            if (sequence < next) {
                duplicates++;
                return false;
            }
            missing += sequence - next;
            next = sequence + 1;
            return true;
        }

        void ticked(SegmentTick tick, long at) {
            firstTick = firstTick == NEVER ? at : firstTick;
            lastTick = Math.max(lastTick, at);
            skipped = tick.skipped();
            said = new Account(
                    tick.scheduled(),
                    tick.dropped(),
                    tick.sent(),
                    tick.completed(),
                    tick.published(),
                    0,
                    tick.lost(),
                    0,
                    0,
                    tick.arrived());
        }

        /// Returns its account: arrivals that it skipped and none before it took in hand were due, and not sent.
        Account account(long arrivedBefore) {
            long fell = Math.max(skipped - arrivedBefore, 0);
            return new Account(
                    said.scheduled() + fell,
                    said.dropped(),
                    said.sent(),
                    said.completed(),
                    said.published(),
                    aggregated,
                    Math.max(said.lost(), missing),
                    duplicates,
                    late,
                    said.arrived() + fell);
        }
    }
}
