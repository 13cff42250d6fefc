package io.ordeal.aggregator.window;

import java.time.Duration;

/// How long to wait for what may never come, by the wall clock.
///
/// @param silence of a segment before windows close without it
/// @param end after the runner has ended the run and nothing more is heard, before the verdict is drawn
/// @param runner of everything about a run that its runner has not ended, before the verdict is drawn
public record Patience(Duration silence, Duration end, Duration runner) {
    /// 5 s, 10 s and 60 s.
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(60));
}
