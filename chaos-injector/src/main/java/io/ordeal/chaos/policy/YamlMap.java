package io.ordeal.chaos.policy;

import io.ordeal.runtime.Problem;
import io.ordeal.schemas.objective.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A mapping of a YAML document whose keys are asked for one by one. What is wrong with a value goes to one list of
/// problems, with line and path, and the value is then as if absent.
final class YamlMap {
    private final String file;
    private final String path;
    private final Node node;
    private final List<Problem> problems;
    private final Map<String, Node> entries = new LinkedHashMap<>();

    private YamlMap(String file, String path, Node node, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /// Returns `node` as a mapping; one that is none is reported and empty.
    static YamlMap of(String file, String path, Node node, List<Problem> problems) {
        var map = new YamlMap(file, path, node, problems);
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    map.report(tuple.getKeyNode(), "", "a key must be plain text");
                } else if (map.entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                    map.report(key, key.getValue(), "is given twice");
                }
            }
        } else {
            map.report(node, "", "must be a mapping of keys to values");
        }
        return map;
    }

    /// Returns all keys.
    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /// Reports every key that is not among `known`.
    void onlyKeys(String... known) {
        var allowed = List.of(known);
        entries.forEach((key, value) -> {
            if (!allowed.contains(key)) {
                report(value, key, "is not known here; known are " + String.join(", ", allowed));
            }
        });
    }

    /// Returns the mapping below `key`, or empty where there is none.
    Optional<YamlMap> map(String key) {
        return Optional.ofNullable(entries.get(key)).map(value -> of(file, below(key), value, problems));
    }

    /// Returns the text below `key`, or empty where there is none.
    Optional<String> text(String key) {
        var value = entries.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        report(value, key, "must be one value");
        return Optional.empty();
    }

    /// Returns the texts of the list below `key`; none where there is no such key.
    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                report(item, key + "[" + texts.size() + "]", "must be one value");
            }
        }
        return texts;
    }

    private List<Node> items(String key) {
        var value = entries.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        report(value, key, "must be a list");
        return List.of();
    }

    /// Returns the value below `key` as `read` understands it; what it does not understand is reported as `expected`.
    <T> Optional<T> value(String key, String expected, Function<String, Optional<T>> read) {
        return text(key).flatMap(text -> {
            var value = read.apply(text);
            if (value.isEmpty()) {
                report(key, "is " + expected + ", not `" + text + "`");
            }
            return value;
        });
    }

    /// As [#value]; a missing key is reported, too.
    <T> Optional<T> needed(String key, String expected, Function<String, Optional<T>> read) {
        if (!has(key)) {
            report(key, "is missing: give " + expected);
        }
        return value(key, expected, read);
    }

    /// Returns the mappings in the list below `key`; none where there is no such key.
    List<YamlMap> maps(String key) {
        var maps = new ArrayList<YamlMap>();
        for (var item : items(key)) {
            maps.add(of(file, below(key + "[" + maps.size() + "]"), item, problems));
        }
        return maps;
    }

    /// Returns the quantity below `key` as `read` understands it.
    <T> Optional<T> quantity(String key, String expected, Function<Quantity, Optional<T>> read) {
        return value(key, expected, text -> Quantity.parse(text).flatMap(read));
    }

    /// Reports a problem at `key`, or at the mapping itself where the key is missing.
    void report(String key, String message) {
        report(entries.getOrDefault(key, node), key, message);
    }

    private void report(Node at, String key, String message) {
        int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        problems.add(new Problem(file + ":" + line + " " + below(key), message));
    }

    private String below(String key) {
        return key.isEmpty() ? path : path.isEmpty() ? key : path + "." + key;
    }
}
