package io.ordeal.chaos.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Means the metrics of a name whose labels have some values: `queue_size{pool="a"}`. Other labels may have any value.
public record MetricSelector(String name, Map<String, String> labels) {
    private static final String LABEL = "([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"";
    private static final Pattern WHOLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{\\s*((?:" + LABEL + "\\s*,\\s*)*(?:" + LABEL + ")?)\\s*,?\\s*})?");
    private static final Pattern ONE = Pattern.compile(LABEL);

    public MetricSelector {
        labels = Map.copyOf(labels);
    }

    /// Reads the part of a line that stands before its value, or a selector, which is written alike; empty for other
    /// text.
    public static Optional<MetricSelector> parse(String text) {
        var whole = WHOLE.matcher(text.strip());
        if (!whole.matches()) {
            return Optional.empty();
        }
        var labels = new HashMap<String, String>();
        var one = ONE.matcher(Optional.ofNullable(whole.group(2)).orElse(""));
        while (one.find()) {
            labels.put(one.group(1), plain(one.group(2)));
        }
        return Optional.of(new MetricSelector(whole.group(1), labels));
    }

    /// Whether it means `other`.
    public boolean matches(MetricSelector other) {
        return name.equals(other.name) && other.labels.entrySet().containsAll(labels.entrySet());
    }

    private static String plain(String escaped) {
        var text = new StringBuilder();
        for (int at = 0; at < escaped.length(); at++) {
            char c = escaped.charAt(at);
            if (c == '\\' && at + 1 < escaped.length()) {
                at++;
                text.append(escaped.charAt(at) == 'n' ? '\n' : escaped.charAt(at));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
