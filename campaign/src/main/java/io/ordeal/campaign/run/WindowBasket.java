package io.ordeal.campaign.run;

import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Puts the rows of one window together. They are told in one transaction, but read one by one: a window is whole when
/// a later one is told of, or when nothing more has come of it for a moment. Pure but for what it holds.
final class WindowBasket {
    /// So long nothing comes of a window that is whole.
    static final Duration MOMENT = Duration.ofMillis(100);

    private record Rows(List<WindowSummary> rows, Instant last) {}

    private final TreeMap<Instant, Rows> windows = new TreeMap<>();

    /// Takes rows that were read by `now`.
    void add(List<WindowSummary> rows, Instant now) {
        for (var row : rows) {
            windows.merge(row.start(), new Rows(List.of(row), now), (before, more) -> {
                var all = new ArrayList<>(before.rows());
                all.addAll(more.rows());
                return new Rows(all, now);
            });
        }
    }

    /// Returns the windows that are whole by `now`, in order, each once.
    List<List<WindowSummary>> whole(Instant now) {
        var whole = new ArrayList<List<WindowSummary>>();
        while (!windows.isEmpty()
                && (windows.size() > 1
                        || !now.isBefore(windows.firstEntry().getValue().last().plus(MOMENT)))) {
            whole.add(List.copyOf(windows.pollFirstEntry().getValue().rows()));
        }
        return whole;
    }

    /// Returns how long the first window that is not whole yet is to be waited for; empty where there is none.
    Optional<Duration> patience(Instant now) {
        return Optional.ofNullable(windows.firstEntry())
                .map(entry -> Duration.between(now, entry.getValue().last().plus(MOMENT)));
    }
}
