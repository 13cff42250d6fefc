package io.ordeal.campaign.run;

import io.ordeal.campaign.document.Guard;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches the guards of a campaign, window by window. Pure but for what it remembers.
///
/// A guard looks at the `*` row of each window: all requests of a phase together. A window in which nothing ended
/// though requests were due does not hold for any guard.
final class GuardWatch {
    private final List<Guard> guards;
    private final Map<Guard, Instant> brokenSince = new HashMap<>();

    GuardWatch(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /// Takes a closed window; returns the guard whose patience has ended with it.
    Optional<Guard> see(WindowSummary window) {
        if (!WindowMeasure.all(window)) {
            return Optional.empty();
        }
        for (var guard : guards) {
            if (holds(guard, window)) {
                brokenSince.remove(guard);
                continue;
            }
            var since = brokenSince.computeIfAbsent(guard, _ -> window.start());
            var broken = Duration.between(since, window.start().plus(window.length()));
            if (broken.compareTo(guard.patience()) >= 0) {
                return Optional.of(guard);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Guard guard, WindowSummary window) {
        return !WindowMeasure.silent(window)
                && WindowMeasure.holds(guard.objective(), window).orElse(true);
    }
}
