package io.ordeal.campaign.screen;

import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunVerdict;
import java.util.ArrayList;
import java.util.List;

/// Whether a run can be trusted, point by point.
///
/// @param what is looked at
/// @param value what was found
public record Evidence(String what, String value, Standing standing) {
    /// Start delays beyond this, in microseconds, put every latency into doubt.
    private static final long LATE_MICROS = 100_000;

    /// How a point stands.
    public enum Standing {
        /// As it should be.
        GOOD,
        /// Not as it should be.
        BAD,
        /// Nothing is known of it.
        UNKNOWN
    }

    /// Returns every point.
    public static List<Evidence> of(RunVerdict verdict) {
        var points = new ArrayList<Evidence>();
        var ledger = verdict.ledger();
        points.add(new Evidence(
                "load delivered",
                ledger.scheduled() == 0
                        ? "none"
                        : Figures.ratio((double) ledger.sent() / ledger.scheduled()) + " of "
                                + Figures.count(ledger.scheduled()),
                ledger.scheduled() == 0 ? Standing.UNKNOWN : good(ledger.sent() == ledger.scheduled())));
        points.add(new Evidence(
                "events accounted",
                Figures.count(ledger.completed())
                        + (ledger.completed() == ledger.aggregated() ? " = " : " / ")
                        + Figures.count(ledger.aggregated())
                        + (ledger.closed() ? "" : ", ledger open"),
                ledger.scheduled() == 0 ? Standing.UNKNOWN : good(ledger.closed())));
        var generator = verdict.generator();
        if (generator.instances() == 0) {
            points.add(new Evidence("generators", "nothing known", Standing.UNKNOWN));
        } else {
            points.add(new Evidence(
                    generator.instances() == 1 ? "1 generator," : generator.instances() + " generators,",
                    "start delay p99 " + Figures.micros(generator.startDelayP99()) + ", saturated in "
                            + Figures.count(generator.saturatedWindows()) + " of " + Figures.count(verdict.windows())
                            + " windows",
                    good(generator.saturatedWindows() == 0 && generator.startDelayP99() < LATE_MICROS)));
        }
        if (!verdict.faults().isEmpty()) {
            long confirmed =
                    verdict.faults().stream().filter(FaultVerdict::confirmed).count();
            points.add(new Evidence(
                    "faults confirmed",
                    confirmed + " of " + verdict.faults().size() + ", applied and reverted",
                    good(confirmed == verdict.faults().size())));
        }
        if (verdict.lateEvents() > 0) {
            points.add(new Evidence("events after their window", Figures.count(verdict.lateEvents()), Standing.BAD));
        }
        return points;
    }

    private static Standing good(boolean good) {
        return good ? Standing.GOOD : Standing.BAD;
    }
}
