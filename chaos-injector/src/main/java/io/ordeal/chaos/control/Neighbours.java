package io.ordeal.chaos.control;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.TargetInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The other injectors on the same topics, as they announce themselves.
///
/// A target that this injector does not have may be one of theirs. Then they answer, and this one keeps silent; where
/// nobody has it, the first of the living by name says so for all. Thread-safe.
public final class Neighbours {
    /// An injector that has said nothing for so long is taken for dead. It beats at least every five seconds.
    static final Duration ALIVE = Duration.ofSeconds(15);

    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final String self;
    private final InstantSource clock;
    private final Map<String, Neighbour> known = new ConcurrentHashMap<>();

    /// @param targets what it has announced
    /// @param heardAt when it last said anything, by our clock
    private record Neighbour(Set<String> targets, Instant heardAt) {}

    /// @param self the name under which this injector speaks
    public Neighbours(String self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    /// Takes what was said on the lifecycle topic.
    ///
    /// @param writtenAt when it was written
    public void hear(LifecycleEvent event, Instant writtenAt) {
        if (event.source().equals(self)) {
            return;
        }
        if (event.event() instanceof InjectorAnnounced announced) {
            var targets = announced.targets().stream().map(TargetInfo::name).collect(Collectors.toSet());
            known.put(event.source(), new Neighbour(targets, writtenAt));
        } else if (event.event() instanceof Heartbeat) {
            known.computeIfPresent(event.source(), (_, old) -> new Neighbour(old.targets(), writtenAt));
        }
    }

    /// Whether another injector answers for `target`, which this one does not have.
    public boolean answerFor(String target) {
        var now = clock.instant();
        known.values().removeIf(neighbour -> neighbour.heardAt().isBefore(now.minus(FORGOTTEN)));
        return known.entrySet().stream()
                .filter(other -> !other.getValue().heardAt().isBefore(now.minus(ALIVE)))
                .anyMatch(other -> other.getValue().targets().contains(target)
                        || other.getKey().compareTo(self) < 0);
    }
}
