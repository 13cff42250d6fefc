package io.ordeal.sample.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One object of a behaviour document while it is read. Each reader names place, value and remedy of what is wrong in
/// a
/// shared list of problems and returns a valid stand-in, so that one reading finds all problems.
final class Fields {

    private final String path;
    private final Map<?, ?> values;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(String path, Map<?, ?> values, List<String> problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    /// A number in a closed range; `fallback` where the field is absent.
    double number(String key, double min, double max, double fallback) {
        return has(key) ? number(key, min, max) : fallback;
    }

    /// A number in a closed range.
    double number(String key, double min, double max) {
        known.add(key);
        Object value = values.get(key);
        if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        wrong(key, "a number from " + plain(min) + " to " + plain(max));
        return min;
    }

    /// A whole number in a closed range; `fallback` where the field is absent.
    long whole(String key, long min, long max, long fallback) {
        return has(key) ? whole(key, min, max) : fallback;
    }

    /// A whole number in a closed range.
    long whole(String key, long min, long max) {
        known.add(key);
        Object value = values.get(key);
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= min
                && ((Number) value).longValue() <= max) {
            return ((Number) value).longValue();
        }
        wrong(key, "a whole number from " + min + " to " + max);
        return min;
    }

    /// An object, empty where it is missing or something else.
    Fields object(String key) {
        known.add(key);
        if (values.get(key) instanceof Map<?, ?> map) {
            return new Fields(place(key), map, problems);
        }
        wrong(key, "an object");
        return new Fields(place(key), Map.of(), new ArrayList<>());
    }

    /// A latency: an object with its `distribution`, or a number of milliseconds.
    Latency latency(String key) {
        known.add(key);
        if (values.get(key) instanceof Number) {
            return new Latency.Constant(number(key, 0, Latency.LONGEST_MS));
        }
        if (!(values.get(key) instanceof Map<?, ?> map)) {
            wrong(key, "milliseconds, or an object with a distribution");
            return new Latency.Constant(0);
        }
        Fields fields = new Fields(place(key), map, problems);
        Latency latency = fields.distribution();
        fields.refuseUnknown();
        return latency;
    }

    Latency latency(String key, Latency fallback) {
        return has(key) ? latency(key) : fallback;
    }

    private Latency distribution() {
        known.add("distribution");
        Object name = values.get("distribution");
        return switch (name instanceof String text ? text : "") {
            case "constant" -> new Latency.Constant(ms("ms", 0));
            case "uniform" -> {
                double min = ms("minMs", 0);
                yield new Latency.Uniform(min, ms("maxMs", min));
            }
            case "normal" -> new Latency.Normal(ms("meanMs", 0), ms("stddevMs", 0));
            case "lognormal" -> {
                double median = ms("medianMs", 0.001);
                yield new Latency.LogNormal(median, ms("p99Ms", median));
            }
            case "exponential" -> new Latency.Exponential(ms("meanMs", 0));
            default -> {
                wrong("distribution", "constant, uniform, normal, lognormal or exponential");
                known.addAll(List.of("ms", "minMs", "maxMs", "meanMs", "stddevMs", "medianMs", "p99Ms"));
                yield new Latency.Constant(0);
            }
        };
    }

    private double ms(String key, double min) {
        return number(key, min, Latency.LONGEST_MS);
    }

    private boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    /// The members by name, for an object whose names are free.
    Map<String, Fields> members() {
        Map<String, Fields> members = new LinkedHashMap<>();
        for (Object key : values.keySet()) {
            String name = String.valueOf(key);
            members.put(name, object(name));
        }
        return members;
    }

    /// Reports each field that nothing has asked for: a typing error must not pass for a setting.
    void refuseUnknown() {
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(place(String.valueOf(key)) + ": unknown; known here are " + String.join(", ", known));
            }
        }
    }

    private void wrong(String key, String remedy) {
        String found = values.containsKey(key) ? quoted(values.get(key)) + " is not" : "missing;";
        problems.add(place(key) + ": " + found + (values.containsKey(key) ? " " : " give ") + remedy);
    }

    private static String quoted(Object value) {
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private String place(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
