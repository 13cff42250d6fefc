package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Plan;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plans of runs, as every instance has them from the objectives topic. For one thread.
///
/// A plan is published before its run's first event, but on another topic: who needs it first waits for it a little.
final class Plans {
    private static final Logger log = LoggerFactory.getLogger(Plans.class);
    private static final long PAUSE_MILLIS = 10;
    private static final int MOST_MISSED = 10_000;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final Frames frames;
    private final Duration patience;
    private final Map<String, Plan> known = new HashMap<>();
    private final Set<String> missed = new HashSet<>();

    Plans(ReadOnlyKeyValueStore<Bytes, byte[]> store, Frames frames, Duration patience) {
        this.store = store;
        this.frames = frames;
        this.patience = patience;
    }

    /// Returns the plan of `run`, waiting for it the first time that it is asked for.
    Optional<Plan> await(String run) {
        var found = find(run);
        long deadline = System.nanoTime() + patience.toNanos();
        while (found.isEmpty() && !missed.contains(run) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            found = find(run);
        }
        if (found.isEmpty() && missed.size() >= MOST_MISSED) {
            missed.clear();
        }
        if (found.isEmpty() && missed.add(run)) {
            log.atWarn().addKeyValue("run", run).log("no objectives were published for this run");
        }
        return found;
    }

    /// Returns the plan of `run` if it is known by now.
    Optional<Plan> find(String run) {
        var plan = known.get(run);
        if (plan != null) {
            return Optional.of(plan);
        }
        var bytes = Optional.ofNullable(store.get(Bytes.wrap(run.getBytes(StandardCharsets.UTF_8))));
        var read = bytes.flatMap(this::read).filter(each -> each.source().run().equals(run));
        read.ifPresent(each -> known.put(run, each));
        return read;
    }

    /// Forgets the plan of `run`, which is over.
    void forget(String run) {
        known.remove(run);
        missed.remove(run);
    }

    private Optional<Plan> read(byte[] bytes) {
        return switch (frames.decode(Topic.OBJECTIVES, RunObjectives.class, bytes)) {
            case Decoded.Good<RunObjectives>(var objectives) -> Optional.of(new Plan(objectives));
            case Decoded.Poison<RunObjectives> _ -> Optional.empty();
        };
    }
}
