package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.Proportions;
import io.ordeal.schemas.results.BurnAlert;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a budget burned too fast: in a long window, so that it matters, and in a short one at its end, so that it
/// still does (the SRE workbook's pairs for 30 days, scaled to the run).
final class BurnRates {
    /// Shorter windows see noise.
    private static final long FEWEST_WINDOWS = 5;
    private static final long SHORT = 12;
    private static final List<Pair> PAIRS =
            List.of(new Pair(14.4, 720), new Pair(6, 120), new Pair(3, 30), new Pair(1, 10));

    private final Budget budget;
    private final long window;
    private final List<Spot> spots;

    /// A threshold, and the part of the planned length that its long window is.
    private record Pair(double threshold, long part) {}

    /// One window in scope; times in microseconds since the epoch.
    record Spot(long start, long end, Budget.Burn burn) {}

    /// @param window its length, microseconds
    /// @param spots the windows in scope, in order of time
    BurnRates(Budget budget, long window, List<Spot> spots) {
        this.budget = budget;
        this.window = window;
        this.spots = spots;
    }

    /// Returns the alerts, the fastest first.
    ///
    /// @param planned length of what is in scope, microseconds
    List<BurnAlert> alerts(long planned) {
        return budget.allowed() > 0
                ? PAIRS.stream().flatMap(pair -> alert(pair, planned)).toList()
                : List.of();
    }

    private Stream<BurnAlert> alert(Pair pair, long planned) {
        long longWindow = Math.ceilDiv(planned, pair.part * window) * window;
        long shortWindow = Math.ceilDiv(planned, pair.part * SHORT * window) * window;
        return longWindow < FEWEST_WINDOWS * window
                ? Stream.empty()
                : new Watch(pair.threshold, longWindow, shortWindow).alert().stream();
    }

    /// One pair on its way through the windows.
    private final class Watch {
        private final double threshold;
        private final Sliding whole;
        private final Sliding recent;
        private long first;
        private long times;
        private double greatest;

        Watch(double threshold, long longWindow, long shortWindow) {
            this.threshold = threshold;
            this.whole = new Sliding(longWindow);
            this.recent = new Sliding(shortWindow);
        }

        Optional<BurnAlert> alert() {
            for (var spot : spots) {
                whole.take(spot);
                recent.take(spot);
                if (spot.end - whole.length >= spots.getFirst().start) {
                    look(spot.end);
                }
            }
            return times == 0
                    ? Optional.empty()
                    : Optional.of(new BurnAlert(
                            threshold,
                            Micros.duration(whole.length),
                            Micros.duration(recent.length),
                            Micros.instant(first),
                            times,
                            greatest));
        }

        private void look(long end) {
            var burn = whole.rate();
            greatest = Math.max(greatest, burn.estimate());
            if (burn.low() >= threshold && recent.rate().low() >= threshold) {
                first = times == 0 ? end : first;
                times++;
            }
        }
    }

    /// The sum over the windows in scope of the last so many microseconds.
    private final class Sliding {
        private final long length;
        private int from;
        private Budget.Burn sum = Budget.Burn.NONE;

        Sliding(long length) {
            this.length = length;
        }

        void take(Spot newest) {
            sum = sum.plus(newest.burn);
            while (spots.get(from).start < newest.end - length) {
                var gone = spots.get(from++).burn;
                sum = sum.plus(new Budget.Burn(-gone.bad(), -gone.total()));
            }
        }

        /// Returns the burn rate; there is a window at least, and none is empty.
        Interval rate() {
            var ratio =
                    Proportions.ratio(sum.bad(), sum.total(), Rules.CONFIDENCE).orElseThrow();
            double allowed = budget.allowed();
            return new Interval(ratio.low() / allowed, ratio.estimate() / allowed, ratio.high() / allowed);
        }
    }
}
