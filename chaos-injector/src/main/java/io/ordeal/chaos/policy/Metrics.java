package io.ordeal.chaos.policy;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/// What a target measures of itself, in the text format of Prometheus.
///
/// @param url where it is read once a second
/// @param selectors which metrics are taken, by the name of the reading that each becomes
public record Metrics(URI url, Map<String, MetricSelector> selectors) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public Metrics {
        selectors = Map.copyOf(selectors);
    }

    /// Whether `text` can be the name of a reading.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
