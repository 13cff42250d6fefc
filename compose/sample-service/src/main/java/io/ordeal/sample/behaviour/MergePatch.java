package io.ordeal.sample.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;

/// Lays a partial document over a whole one as JSON Merge Patch (RFC 7396) does, with one exception: a latency, which
/// is
/// an object with a `distribution`, replaces the other as a whole, because the parameters of two distributions do not
/// mix.
public final class MergePatch {

    private MergePatch() {}

    /// The document `base` with the members of `patch` laid over it; neither is changed.
    public static Map<String, Object> merge(Map<?, ?> base, Map<?, ?> patch) {
        Map<String, Object> merged = new LinkedHashMap<>();
        base.forEach((key, value) -> merged.put(String.valueOf(key), value));
        patch.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> map && !map.containsKey("distribution")) {
                merged.put(name, merge(merged.get(name) instanceof Map<?, ?> old ? old : Map.of(), map));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }

    /// The patch that sets one field: `default.errorRate` and 0.1 give `{"default": {"errorRate": 0.1}}`.
    public static Map<String, Object> of(String path, Object value) {
        int dot = path.indexOf('.');
        return dot < 0 ? Map.of(path, value) : Map.of(path.substring(0, dot), of(path.substring(dot + 1), value));
    }
}
