package io.ordeal.aggregator.query;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns.Fold;
import io.ordeal.aggregator.query.Columns.Full;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The closed windows of a run as columns: all requests together, and each request by itself. Not thread-safe.
///
/// Where one phase follows another within a window, and where windows were put together to keep within bounds, numbers
/// are added and the greatest of the percentiles stands for all.
public final class Traffic {
    /// 12 hours in windows of a second.
    static final int MOST_ROWS = 43_200;

    /// What a finished run keeps.
    static final int FINISHED_ROWS = 3_600;

    private static final int MOST_REQUESTS = 200;
    private static final int REQUEST_ROWS = 432_000;
    private static final int FINISHED_REQUEST_ROWS = 36_000;

    /// The columns. Latencies are in microseconds, all others are counts.
    public enum Column {
        P50,
        P95,
        P99,
        P999,
        MAX,
        ENDED,
        ERRORS,
        SCHEDULED,
        SENT,
        DROPPED
    }

    /// No window yet.
    public static final long NONE = -1;

    private static final int OF_A_REQUEST = Column.ERRORS.ordinal() + 1;

    private final long window;
    private final Columns all;
    private final Map<String, Columns> requests = new LinkedHashMap<>();
    private final Sums sums = new Sums();
    private long refused;
    private boolean finished;
    private long newest = NONE;

    /// What came together since the start of the run. Counts.
    public static final class Sums {
        private long scheduled;
        private long dropped;
        private long sent;
        private long completed;
        private long aggregated;
        private long lost;
        private long duplicates;
        private long errors;
        private long late;

        private void add(WindowSummary window) {
            errors += Traffic.errors(window.counts());
            late = Math.max(late, window.late());
            window.ledger().ifPresent(this::add);
        }

        private void add(Ledger ledger) {
            scheduled += ledger.scheduled();
            dropped += ledger.dropped();
            sent += ledger.sent();
            completed += ledger.completed();
            aggregated += ledger.aggregated();
            lost += ledger.lost();
            duplicates += ledger.duplicates();
        }

        /// Returns the account so far; what the generators have published equals what they completed.
        public Ledger ledger() {
            boolean closed = scheduled == sent + dropped && completed == aggregated && lost == 0;
            return new Ledger(scheduled, dropped, sent, completed, completed, aggregated, lost, duplicates, closed);
        }

        /// Returns how many requests did not end OK.
        public long errors() {
            return errors;
        }

        /// Returns how many events came after their window had closed.
        public long late() {
            return late;
        }

        /// Returns how many requests are sent and have not ended.
        public long inFlight() {
            return Math.max(0, sent - completed);
        }
    }

    /// @param window length in microseconds
    Traffic(long window) {
        this.window = window;
        var folds = new Fold[Column.values().length];
        for (var column : Column.values()) {
            folds[column.ordinal()] = column.ordinal() <= Column.MAX.ordinal() ? Fold.MAX : Fold.SUM;
        }
        this.all = new Columns(window, MOST_ROWS, Full.WIDEN, folds);
    }

    void add(WindowSummary summary) {
        long start = Micros.of(summary.start());
        var response = summary.response();
        if (summary.request().equals("*")) {
            sums.add(summary);
            newest = Math.max(newest, Math.floorDiv(start, window));
            var ledger = summary.ledger();
            all.put(
                    start,
                    micros(response, Column.P50),
                    micros(response, Column.P95),
                    micros(response, Column.P99),
                    micros(response, Column.P999),
                    micros(response, Column.MAX),
                    (float) total(summary.counts()),
                    (float) errors(summary.counts()),
                    ledger.map(Ledger::scheduled).orElse(0L).floatValue(),
                    ledger.map(Ledger::sent).orElse(0L).floatValue(),
                    ledger.map(Ledger::dropped).orElse(0L).floatValue());
        } else {
            request(summary.scenario() + "/" + summary.request())
                    .ifPresent(columns -> columns.put(
                            start,
                            micros(response, Column.P50),
                            micros(response, Column.P95),
                            micros(response, Column.P99),
                            micros(response, Column.P999),
                            micros(response, Column.MAX),
                            (float) total(summary.counts()),
                            (float) errors(summary.counts())));
        }
    }

    /// The run is over, or others need the room: what the pages need is kept, and no more.
    void compact() {
        if (!finished) {
            finished = true;
            all.keep(FINISHED_ROWS);
            share();
        }
    }

    /// Returns all requests together.
    public Columns all() {
        return all;
    }

    /// Returns what is kept of single requests, by `scenario/request`: the columns up to [Column#ERRORS].
    public Map<String, Columns> requests() {
        return Collections.unmodifiableMap(requests);
    }

    /// Returns how many windows of further requests were not kept.
    public long refused() {
        return refused;
    }

    /// Returns the sums.
    public Sums sums() {
        return sums;
    }

    /// Returns the length of a window in microseconds.
    public long window() {
        return window;
    }

    /// Returns the number of the newest window, [#NONE] before the first: its start in lengths of a window since the
    /// epoch, so that every instance numbers alike.
    public long newest() {
        return newest;
    }

    private Optional<Columns> request(String name) {
        var known = requests.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (requests.size() == MOST_REQUESTS) {
            refused++;
            return Optional.empty();
        }
        var folds = new Fold[OF_A_REQUEST];
        for (int i = 0; i < OF_A_REQUEST; i++) {
            folds[i] = i <= Column.MAX.ordinal() ? Fold.MAX : Fold.SUM;
        }
        var columns = new Columns(window, MOST_ROWS, Full.WIDEN, folds);
        requests.put(name, columns);
        share();
        return Optional.of(columns);
    }

    /// All requests share one room, so that many of them take no more than few.
    private void share() {
        if (!requests.isEmpty()) {
            int each = (finished ? FINISHED_REQUEST_ROWS : REQUEST_ROWS) / requests.size();
            int rows = Math.clamp(each, 180, finished ? FINISHED_ROWS : MOST_ROWS);
            requests.values().forEach(columns -> columns.keep(rows));
        }
    }

    private static float micros(Optional<Latency> latency, Column column) {
        return latency.map(one -> switch (column) {
                    case P50 -> (float) one.p50();
                    case P95 -> (float) one.p95();
                    case P99 -> (float) one.p99();
                    case P999 -> (float) one.p999();
                    case MAX -> (float) one.max();
                    case ENDED, ERRORS, SCHEDULED, SENT, DROPPED ->
                        throw new IllegalArgumentException(column + " is no latency");
                })
                .orElse(Float.NaN);
    }

    static long errors(OutcomeCounts counts) {
        return counts.invalid()
                + counts.httpError()
                + counts.timeout()
                + counts.connectError()
                + counts.reset()
                + counts.aborted();
    }

    static long total(OutcomeCounts counts) {
        return counts.ok() + errors(counts);
    }
}
