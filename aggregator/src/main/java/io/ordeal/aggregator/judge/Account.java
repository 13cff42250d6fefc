package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.Ledger;
import java.util.Optional;

/// The account of requests, by the generators' ticks and by what was counted here.
///
///     scheduled = sent + dropped      sent = completed      completed = published = aggregated
///
/// @param scheduled requests that were due; an arrival that fell between two owners of a segment counts as one
/// @param sent requests that were sent
/// @param published events that the broker has acknowledged
/// @param lost events that could not be published, or are missing from their sequence
/// @param late events that came after their window had closed, and are in no window
/// @param aggregated events that are in a window
/// @param skipped arrivals that fell between two owners of a segment
/// @param arrived arrivals that were taken in hand, and those that fell between two owners
/// @param refused events, or values in them, of more series than are kept
public record Account(
        long scheduled,
        long dropped,
        long sent,
        long completed,
        long published,
        long lost,
        long duplicates,
        long late,
        long aggregated,
        long skipped,
        long arrived,
        long refused) {
    /// Nothing.
    public static final Account NONE = new Account(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Returns this and `other` together.
    public Account plus(Account other) {
        return new Account(
                scheduled + other.scheduled,
                dropped + other.dropped,
                sent + other.sent,
                completed + other.completed,
                published + other.published,
                lost + other.lost,
                duplicates + other.duplicates,
                late + other.late,
                aggregated + other.aggregated,
                skipped + other.skipped,
                arrived + other.arrived,
                refused + other.refused);
    }

    /// Returns this with events counted as late that were taken for aggregated.
    public Account withLate(long more) {
        return new Account(
                scheduled,
                dropped,
                sent,
                completed,
                published,
                lost,
                duplicates,
                late + more,
                aggregated - more,
                skipped,
                arrived,
                refused);
    }

    /// Whether every equation holds and nothing was lost.
    public boolean closed() {
        return gap().isEmpty();
    }

    /// Returns the first equation that does not hold, in words.
    public Optional<String> gap() {
        if (scheduled != sent + dropped) {
            return Optional.of(Words.count(scheduled) + " requests were due, but " + Words.count(sent)
                    + " were sent and " + Words.count(dropped) + " dropped"
                    + (skipped > 0
                            ? "; " + Words.count(skipped, "arrival") + " fell between two owners of a segment"
                            : ""));
        }
        if (sent != completed) {
            return Optional.of(Words.count(sent) + " requests were sent, but " + Words.count(completed) + " ended");
        }
        if (completed != published) {
            return Optional.of(
                    Words.count(completed) + " requests ended, but " + Words.count(published) + " were published");
        }
        if (published != aggregated) {
            return Optional.of(Words.count(published) + " events were published, but " + Words.count(aggregated)
                    + " were aggregated" + (late > 0 ? "; " + Words.count(late) + " came too late" : "")
                    + (refused > 0 ? "; " + Words.count(refused) + " were refused" : ""));
        }
        return lost > 0 ? Optional.of(Words.count(lost, "event") + " were lost") : Optional.empty();
    }

    /// Returns how many requests it is not known of how they ended.
    public long unknown() {
        return Math.max(Math.max(scheduled - dropped, sent) - aggregated, 0);
    }

    /// Returns it in the contract's shape.
    public Ledger ledger() {
        return new Ledger(scheduled, dropped, sent, completed, published, aggregated, lost, duplicates, closed());
    }

    /// Writes the account.
    public void write(ByteWriter out) {
        out.number(scheduled).number(dropped).number(sent).number(completed).number(published);
        out.number(lost)
                .number(duplicates)
                .number(late)
                .number(aggregated)
                .number(skipped)
                .number(arrived)
                .number(refused);
    }

    /// Reads what [#write] has written.
    public static Account read(ByteReader in) {
        return new Account(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }
}
