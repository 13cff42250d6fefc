package io.ordeal.chaos.container;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One life of a container: from one start to the next. One that was recreated has another id, one that was started
/// again another time; neither is touched.
record Life(Engine engine, String id, String startedAt) {
    static Life read(List<String> words) {
        return new Life(new Engine(words.get(0)), words.get(1), words.get(2));
    }

    /// Returns the words of an undo of that kind on it.
    List<String> words(String kind) {
        return List.of(kind, engine.address(), id, startedAt);
    }

    /// Returns what an undo on it shows: how the container is now.
    Map<String, String> evidence() {
        return Map.of("container", now().map(ContainerState::status).orElse("removed"));
    }

    /// Returns how it is, or empty when this life is over because another has begun, or there is no container.
    Optional<ContainerState> state() {
        return engine.inspect(id)
                .filter(state -> !state.going() && state.startedAt().equals(startedAt));
    }

    /// Returns how the container is now, in whatever life.
    Optional<ContainerState> now() {
        return engine.inspect(id);
    }

    void post(String what) {
        engine.post(id, what, "");
    }
}
