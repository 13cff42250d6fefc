package io.ordeal.campaign.run;

import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.run.WindowMeasure.Share;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is remembered of one guard.
sealed interface GuardState {
    /// The guard.
    Guard guard();

    /// Takes a window; returns what was observed when it is enough.
    Optional<String> see(List<WindowSummary> window, Instant start, Instant end);

    /// Takes a window in which the service stood still, since the start of an earlier one perhaps.
    Optional<String> stalled(Instant since, Instant end);

    /// Returns the state of a guard before the first window.
    static GuardState of(Guard guard) {
        return switch (guard.trip()) {
            case Guard.Lasting lasting -> new Lasting(guard, lasting);
            case Guard.Burning burning -> new Burning(guard, burning);
        };
    }

    /// Since when an objective does not hold.
    final class Lasting implements GuardState {
        private final Guard guard;
        private final Guard.Lasting trip;
        private Optional<Instant> brokenSince = Optional.empty();

        private Lasting(Guard guard, Guard.Lasting trip) {
            this.guard = guard;
            this.trip = trip;
        }

        @Override
        public Guard guard() {
            return guard;
        }

        @Override
        public Optional<String> see(List<WindowSummary> window, Instant start, Instant end) {
            var objective = guard.objective();
            var observed = WindowMeasure.observed(objective, WindowMeasure.rows(objective, window));
            if (observed.isEmpty()) {
                return Optional.empty();
            }
            if (objective.holds(observed.get())) {
                brokenSince = Optional.empty();
                return Optional.empty();
            }
            var unit = objective.measure().unit();
            return broken(start, end)
                    .map(time ->
                            Figures.observed(observed.get(), objective.limit(), unit) + " in the last window, limit "
                                    + Figures.value(objective.limit(), unit) + ", out for " + Figures.span(time));
        }

        @Override
        public Optional<String> stalled(Instant since, Instant end) {
            return broken(since, end).map(time -> "no request ended in the last window, out for " + Figures.span(time));
        }

        private Optional<Duration> broken(Instant since, Instant end) {
            var from = brokenSince.orElse(since);
            brokenSince = Optional.of(from);
            var time = GuardWatch.between(from, end);
            return time.compareTo(trip.patience()) >= 0 ? Optional.of(time) : Optional.empty();
        }
    }

    /// What the last windows spent of a budget.
    final class Burning implements GuardState {
        /// The short window of a pair is this part of the long one.
        private static final int SHORT = 12;

        private record Window(Instant start, Instant end, Share share) {}

        private final Guard guard;
        private final Guard.Burning trip;
        private final double allowed;
        private final Deque<Window> windows = new ArrayDeque<>();
        private Optional<Instant> first = Optional.empty();

        private Burning(Guard guard, Guard.Burning trip) {
            this.guard = guard;
            this.trip = trip;
            this.allowed = Guard.allowed(guard.objective()).orElseThrow();
        }

        @Override
        public Guard guard() {
            return guard;
        }

        @Override
        public Optional<String> see(List<WindowSummary> window, Instant start, Instant end) {
            var rows = WindowMeasure.rows(guard.objective(), window);
            first = Optional.of(first.orElse(start));
            windows.add(new Window(start, end, WindowMeasure.share(guard.objective(), rows)));
            var length = Duration.between(start, end);
            var over = whole(trip.over(), length);
            var brief = whole(trip.over().dividedBy(SHORT), length);
            while (windows.getFirst().start().isBefore(end.minus(over))) {
                windows.removeFirst();
            }
            if (GuardWatch.between(first.get(), end).compareTo(over) < 0) {
                return Optional.empty();
            }
            double slow = rate(end.minus(over));
            double fast = rate(end.minus(brief));
            return fine(slow) || fine(fast)
                    ? Optional.empty()
                    : Optional.of("burn rate " + text(slow) + " over " + Figures.span(over) + " and " + text(fast)
                            + " over " + Figures.span(brief));
        }

        /// What ends is what burns: requests that hang end by their time-outs.
        @Override
        public Optional<String> stalled(Instant since, Instant end) {
            return Optional.empty();
        }

        private boolean fine(double rate) {
            return trip.comparison().holds(rate, trip.rate());
        }

        private double rate(Instant from) {
            var share = windows.stream()
                    .filter(window -> !window.start().isBefore(from))
                    .map(Window::share)
                    .reduce(Share.NONE, Share::plus);
            return share.total() == 0 ? 0 : (double) share.bad() / share.total() / allowed;
        }

        /// Returns the time rounded up to whole windows, one at least.
        private static Duration whole(Duration time, Duration window) {
            long windows = Math.ceilDiv(time.toNanos(), window.toNanos());
            return window.multipliedBy(Math.max(1, windows));
        }

        private static String text(double rate) {
            return String.format(Locale.ROOT, "%.3g", rate);
        }
    }
}
