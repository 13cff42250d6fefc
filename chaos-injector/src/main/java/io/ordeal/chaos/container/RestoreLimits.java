package io.ordeal.chaos.container;

import io.ordeal.chaos.undo.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The limits of a container are as they were. They belong to the container, not to one life of it. One that somebody
/// else
/// has changed meanwhile is left as it is.
public record RestoreLimits(Engine engine, String id, List<Change> changes) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-limits";

    private static final int WORDS_OF_A_CHANGE = 3;

    /// A limit that a fault changes; below 1 stands for none.
    record Change(String name, long former, long ours) {}

    public RestoreLimits {
        changes = List.copyOf(changes);
    }

    /// Reads what follows the kind.
    public static RestoreLimits read(List<String> words) {
        var changes = new ArrayList<Change>();
        for (int at = 2; at < words.size(); at += WORDS_OF_A_CHANGE) {
            changes.add(
                    new Change(words.get(at), Long.parseLong(words.get(at + 1)), Long.parseLong(words.get(at + 2))));
        }
        return new RestoreLimits(new Engine(words.get(0)), words.get(1), changes);
    }

    /// Sets them as the fault wants them.
    void set() {
        engine.post(id, "update", body(Change::ours));
    }

    @Override
    public void perform() {
        if (!done()) {
            // To the engine 0 means "leave it": none is -1.
            engine.post(id, "update", body(change -> change.former() < 1 ? -1 : change.former()));
        }
    }

    @Override
    public boolean done() {
        return engine.inspect(id)
                .filter(state -> !state.going())
                .map(state -> changes.stream().noneMatch(change -> state.limit(change.name()) == change.ours()))
                .orElse(true);
    }

    @Override
    public Map<String, String> evidence() {
        var evidence = new LinkedHashMap<String, String>();
        engine.inspect(id)
                .ifPresentOrElse(
                        state -> changes.forEach(
                                change -> evidence.put(change.name(), shown(state.limit(change.name())))),
                        () -> evidence.put("container", "removed"));
        return evidence;
    }

    static String shown(long limit) {
        return limit < 1 ? "none" : String.valueOf(limit);
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<>(List.of(WORD, engine.address(), id));
        changes.forEach(change ->
                words.addAll(List.of(change.name(), String.valueOf(change.former()), String.valueOf(change.ours()))));
        return words;
    }

    /// Returns the body of the request that sets them as the fault wants them.
    String body() {
        return body(Change::ours);
    }

    private String body(ToLongFunction<Change> value) {
        return changes.stream()
                .map(change -> "\"" + change.name() + "\":" + value.applyAsLong(change))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
