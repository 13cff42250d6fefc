package io.ordeal.chaos.control;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// An outlet that keeps what it is told.
final class Heard implements Outlet {
    private final List<LifecycleEvent.Event> events = new CopyOnWriteArrayList<>();
    private final Map<String, List<List<String>>> beats = new ConcurrentHashMap<>();
    private volatile boolean deaf;
    private volatile long heardAt = System.nanoTime();

    @Override
    public void say(String run, Instant at, LifecycleEvent.Event event) {
        events.add(event);
        if (event instanceof LifecycleEvent.Heartbeat(var _, var faults)) {
            beats.computeIfAbsent(run, _ -> new CopyOnWriteArrayList<>()).add(faults);
        }
        if (!deaf) {
            heardAt = System.nanoTime();
        }
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    /// Acknowledges nothing any more.
    void goDeaf() {
        deaf = true;
    }

    /// Returns the faults that each heartbeat of `run` named.
    List<List<String>> beats(String run) {
        return beats.getOrDefault(run, List.of());
    }

    /// Returns what was said, heartbeats left out.
    List<LifecycleEvent.Event> facts() {
        return events.stream()
                .filter(event -> !(event instanceof LifecycleEvent.Heartbeat))
                .toList();
    }

    /// Waits for the first event of `type` and returns it.
    <T extends LifecycleEvent.Event> T await(Class<T> type) {
        return await(type, 1);
    }

    /// Waits for the event of `type` with this number, counted from 1, and returns it.
    <T extends LifecycleEvent.Event> T await(Class<T> type, int number) {
        Awaitility.await("waiting for " + type.getSimpleName() + " in " + events)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> events.stream().filter(type::isInstance).count() >= number);
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .skip(number - 1)
                .findFirst()
                .orElseThrow();
    }
}
