package io.ordeal.chaos.sample;

import io.ordeal.chaos.policy.MetricSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Metrics in the text format of Prometheus, and of OpenMetrics as far as they agree.
final class PrometheusText {
    private PrometheusText() {}

    /// Returns the reading of each selector: the sum of all metrics that it means; none where it means none. Lines that
    /// cannot be read are passed over.
    static Map<String, Double> read(String text, Map<String, MetricSelector> selectors) {
        var readings = new HashMap<String, Double>();
        text.lines()
                .map(PrometheusText::withoutExemplar)
                .filter(line -> selectors.values().stream().anyMatch(selector -> line.startsWith(selector.name())))
                .forEach(line -> read(line, selectors, readings));
        return readings;
    }

    private static String withoutExemplar(String line) {
        int exemplar = line.lastIndexOf(" # {");
        return (exemplar < 0 ? line : line.substring(0, exemplar)).strip();
    }

    private static void read(String line, Map<String, MetricSelector> selectors, Map<String, Double> readings) {
        int end = line.lastIndexOf('}') >= 0 ? line.lastIndexOf('}') + 1 : line.indexOf(' ');
        if (end <= 0) {
            return;
        }
        var metric = MetricSelector.parse(line.substring(0, end));
        var value = value(line.substring(end).strip());
        if (metric.isPresent() && value.isPresent()) {
            selectors.forEach((name, selector) -> {
                if (selector.matches(metric.get())) {
                    readings.merge(name, value.get(), Double::sum);
                }
            });
        }
    }

    /// A timestamp may follow the value. What is no finite number says nothing.
    private static Optional<Double> value(String text) {
        try {
            double value = Double.parseDouble(text.split("\\s+", 2)[0]);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
