package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.schemas.load.SegmentTick;

/// The account of one owner of a segment: what came of its events here, and what its last tick says.
final class EpochAccount {
    private long next;
    private long gaps;
    private long duplicates;
    private long late;
    private long aggregated;
    private long refused;
    private long firstTick = -1;
    private long lastTick = -1;
    private long skipped;
    private long scheduled;
    private long dropped;
    private long sent;
    private long completed;
    private long published;
    private long lost;
    private long arrived;

    /// Takes the next sequence number; whether it is new.
    boolean takes(long sequence) {
        if (sequence < next) {
            duplicates++;
            return false;
        }
        gaps += sequence - next;
        next = sequence + 1;
        return true;
    }

    void aggregated() {
        aggregated++;
    }

    void late() {
        late++;
    }

    /// Counts what belongs to more series than are kept.
    void refused(long more) {
        refused += more;
    }

    void tick(SegmentTick tick) {
        long at = Micros.of(tick.at());
        firstTick = firstTick < 0 ? at : firstTick;
        lastTick = Math.max(lastTick, at);
        skipped = tick.skipped();
        scheduled = tick.scheduled();
        dropped = tick.dropped();
        sent = tick.sent();
        completed = tick.completed();
        published = tick.published();
        lost = tick.lost();
        arrived = tick.arrived();
    }

    boolean ticked() {
        return lastTick >= 0;
    }

    long firstTick() {
        return firstTick;
    }

    long lastTick() {
        return lastTick;
    }

    long duplicates() {
        return duplicates;
    }

    /// Returns the account; `before` is the sum of those of earlier owners, whose arrivals this one rightly skipped.
    /// What
    /// nobody took in hand was at least one request each.
    Account account(Account before) {
        long fell = Math.max(skipped - before.arrived(), 0);
        return new Account(
                scheduled + fell,
                dropped,
                sent,
                completed,
                published,
                Math.max(lost, gaps),
                duplicates,
                late,
                aggregated,
                fell,
                arrived + fell,
                refused);
    }

    void write(ByteWriter out) {
        out.number(next).number(gaps).number(duplicates).number(late).number(aggregated);
        out.number(firstTick).number(lastTick).number(skipped).number(scheduled).number(dropped);
        out.number(sent)
                .number(completed)
                .number(published)
                .number(lost)
                .number(arrived)
                .number(refused);
    }

    static EpochAccount read(ByteReader in) {
        var epoch = new EpochAccount();
        epoch.next = in.number();
        epoch.gaps = in.number();
        epoch.duplicates = in.number();
        epoch.late = in.number();
        epoch.aggregated = in.number();
        epoch.firstTick = in.number();
        epoch.lastTick = in.number();
        epoch.skipped = in.number();
        epoch.scheduled = in.number();
        epoch.dropped = in.number();
        epoch.sent = in.number();
        epoch.completed = in.number();
        epoch.published = in.number();
        epoch.lost = in.number();
        epoch.arrived = in.number();
        epoch.refused = in.number();
        return epoch;
    }
}
