package io.ordeal.campaign.run;

import io.ordeal.campaign.document.Guard;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Watches the guards of a campaign, window by window. Pure but for what it remembers.
///
/// A window in which nothing ended says nothing, unless the service stands still: requests were dropped in it, or
/// nothing had ended in the window before either, so that the oldest has waited longer than a window. Then no guard
/// of a lasting kind holds, from the first of those windows on.
final class GuardWatch {
    private final List<GuardState> states;
    private Optional<Instant> silentSince = Optional.empty();

    /// Why a guard ends a run.
    ///
    /// @param observed what was seen, in words
    /// @param end of the window that was too much
    record Tripped(Guard guard, String observed, Instant end) {
        /// Returns it as the reason of an end.
        String text() {
            return "guard `" + guard.expression() + "` did not hold: " + observed;
        }
    }

    GuardWatch(List<Guard> guards) {
        states = guards.stream().map(GuardState::of).toList();
    }

    /// Takes all rows of a closed window; returns the guard for which it is enough.
    Optional<Tripped> see(List<WindowSummary> window) {
        var start = window.getFirst().start();
        var end = start.plus(window.getFirst().length());
        var all = window.stream().filter(WindowMeasure::all).toList();
        boolean silent = WindowMeasure.ended(all) == 0;
        boolean stalled = silent && (WindowMeasure.dropped(all) > 0 || silentSince.isPresent());
        silentSince = silent ? Optional.of(silentSince.orElse(start)) : Optional.empty();
        Optional<Tripped> tripped = Optional.empty();
        for (var state : states) {
            var enough = stalled ? state.stalled(silentSince.orElse(start), end) : state.see(window, start, end);
            tripped = tripped.or(() -> enough.map(observed -> new Tripped(state.guard(), observed, end)));
        }
        return tripped;
    }

    /// Returns the length of time from one instant to another, not below zero.
    static Duration between(Instant from, Instant to) {
        var time = Duration.between(from, to);
        return time.isNegative() ? Duration.ZERO : time;
    }
}
