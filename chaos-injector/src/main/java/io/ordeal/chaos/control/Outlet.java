package io.ordeal.chaos.control;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import java.time.Instant;

/// Where facts about faults go: the lifecycle topic, or a list in tests. Never blocks.
public interface Outlet {
    /// Publishes that `event` of `run` became true at `at`.
    void say(String run, Instant at, LifecycleEvent.Event event);

    /// Returns when it was last certain that the outside world heard us, on the clock of [System#nanoTime].
    long heardAt();
}
