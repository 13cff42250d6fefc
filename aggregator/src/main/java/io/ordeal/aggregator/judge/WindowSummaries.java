package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What is told of a closed window: of each kind of request, and of each phase as a whole.
public final class WindowSummaries {
    /// The name of a summary of all scenarios, and of all requests.
    public static final String ALL = "*";

    private final Plan plan;
    private final RunWindow window;
    private final ClosedBy closedBy;
    private final long late;
    private final List<String> faults;

    private WindowSummaries(RunWindow window, Plan plan, Facts facts, ClosedBy closedBy, long late) {
        this.plan = plan;
        this.window = window;
        this.closedBy = closedBy;
        this.late = late;
        this.faults = facts.overlapping(window.from(), window.end());
    }

    /// Returns the summaries of `window`, by phase.
    ///
    /// @param late events that came too late, so far in the run
    public static List<WindowSummary> of(RunWindow window, Plan plan, Facts facts, ClosedBy closedBy, long late) {
        return new WindowSummaries(window, plan, facts, closedBy, late).all();
    }

    private List<WindowSummary> all() {
        var phases = new TreeSet<Integer>();
        window.tallies().keySet().forEach(series -> phases.add(series.phase()));
        int main = window.mainPhase();
        phases.add(main);
        var summaries = new ArrayList<WindowSummary>();
        for (int phase : phases) {
            window.tallies().forEach((series, tally) -> {
                if (series.phase() == phase) {
                    var info = plan.request(series.request());
                    summaries.add(summary(phase, info.scenario(), info.request(), tally, Optional.empty()));
                }
            });
            var ledger = phase == main ? Optional.of(ledger()) : Optional.<Ledger>empty();
            summaries.add(summary(phase, ALL, ALL, window.sum(each -> each == phase, _ -> true), ledger));
        }
        return summaries;
    }

    private WindowSummary summary(int phase, String scenario, String request, Tally tally, Optional<Ledger> ledger) {
        var response = tally.distribution(Measure.Latency.RESPONSE);
        var service = tally.distribution(Measure.Latency.SERVICE);
        return new WindowSummary(
                plan.source().run(),
                Micros.instant(window.start()),
                Micros.duration(window.end() - window.start()),
                plan.phaseName(phase),
                scenario,
                request,
                closedBy,
                Micros.instant(tally.earliestSent(window.start())),
                tally.outcomes(),
                ledger,
                response.summary(),
                service.summary(),
                response.encoded(),
                service.encoded(),
                tally.bytesOut(),
                tally.bytesIn(),
                late,
                faults,
                List.copyOf(window.saturated()),
                tally.measures());
    }

    /// What a window can say of the ledger: sent and scheduled belong to other instants than completed, so only
    /// completed, published and aggregated must agree.
    private Ledger ledger() {
        var load = window.load();
        long aggregated = window.count();
        long completed = load.completed();
        return new Ledger(
                load.scheduled(),
                load.dropped(),
                load.sent(),
                completed,
                completed,
                aggregated,
                Math.max(completed - aggregated, 0),
                load.duplicates(),
                completed == aggregated);
    }
}
