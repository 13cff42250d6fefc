package io.ordeal.campaign.openslo;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes YAML: the objectives of a campaign as documents of OpenSLO v1, and as a campaign has them.
public final class SloYaml {
    private static final int LONGEST_NAME = 63;
    private static final long NANOS_OF_A_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Dump DUMP = new Dump(DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .build());

    private final String campaign;
    private final Duration window;
    private final Duration length;
    private final Set<String> names = new HashSet<>();

    private SloYaml(String campaign, Duration window, Duration length) {
        this.campaign = campaign;
        this.window = window;
        this.length = length;
    }

    /// Returns a service, and an SLO for each objective.
    ///
    /// @param length of the load, which is the time window of budgets
    public static String documents(String campaign, List<ObjectiveEntry> objectives, Duration window, Duration length) {
        var yaml = new SloYaml(campaign, window, length);
        var documents = new ArrayList<Map<String, Object>>();
        documents.add(yaml.service());
        objectives.forEach(objective -> documents.add(yaml.slo(objective)));
        var text = new StringBuilder();
        documents.forEach(document -> text.append("---\n").append(DUMP.dumpToString(document)));
        return text.toString();
    }

    /// Returns the key `objectives` of a campaign.
    ///
    /// @param objectives names with their expressions
    public static String objectives(Map<String, String> objectives) {
        var items = new ArrayList<Map<String, Object>>();
        objectives.forEach((name, expression) -> items.add(ordered("name", name, "expect", expression)));
        return DUMP.dumpToString(Map.of("objectives", items));
    }

    private Map<String, Object> service() {
        return document("Service", ordered("name", slug(campaign), "displayName", campaign), Map.of());
    }

    private Map<String, Object> slo(ObjectiveEntry entry) {
        var slo = Export.of(entry.name(), entry.objective(), window);
        var name = unique(slug(entry.name()));
        var metadata = ordered("name", name, "displayName", entry.name());
        Export.annotation(slo, entry.objective())
                .ifPresent(text -> metadata.put("annotations", ordered(Slo.ANNOTATION, text)));
        var spec = ordered(
                "description",
                entry.objective().expression().strip(),
                "service",
                slug(campaign),
                "indicator",
                ordered("metadata", ordered("name", name), "spec", indicator(slo.indicator())));
        long minutes = Math.max(1, Math.ceilDiv(length.toNanos(), NANOS_OF_A_MINUTE));
        spec.put("timeWindow", List.of(ordered("duration", minutes + "m", "isRolling", true)));
        spec.put("budgetingMethod", slo.aim().slice().isPresent() ? "Timeslices" : "Occurrences");
        spec.put("objectives", List.of(aim(slo.aim())));
        return document("SLO", metadata, spec);
    }

    private static Map<String, Object> document(String kind, Map<String, Object> metadata, Map<String, Object> spec) {
        return ordered("apiVersion", "openslo/v1", "kind", kind, "metadata", metadata, "spec", spec);
    }

    private static Map<String, Object> indicator(Slo.Indicator indicator) {
        return switch (indicator) {
            case Slo.Ratio(boolean due, var of) ->
                ordered(
                        "ratioMetric",
                        due
                                ? ordered("counter", true, "good", requests("ok", of), "total", requests("due", of))
                                : ordered(
                                        "counter",
                                        true,
                                        "bad",
                                        requests("failed", of),
                                        "total",
                                        requests("ended", of)));
            case Slo.Latency(var latency, var of) ->
                ordered(
                        "thresholdMetric",
                        source(
                                ordered(
                                        "latency",
                                        latency == Measure.Latency.SERVICE ? "service" : "response",
                                        "unit",
                                        "s"),
                                of));
            case Slo.Value(var measure, var unit, var of) -> {
                var spec = ordered("measure", measure);
                if (!unit.isEmpty()) {
                    spec.put("unit", unit);
                }
                yield ordered("thresholdMetric", source(spec, of));
            }
        };
    }

    private static Map<String, Object> requests(String which, Slo.Selection of) {
        return source(ordered("requests", which), of);
    }

    private static Map<String, Object> source(Map<String, Object> spec, Slo.Selection of) {
        of.of().ifPresent(name -> spec.put("of", name));
        of.tagged().ifPresent(tag -> spec.put("tagged", tag));
        of.on().ifPresent(target -> spec.put("on", target));
        return ordered("metricSource", ordered("type", Slo.SOURCE, "spec", spec));
    }

    private static Map<String, Object> aim(Slo.Aim aim) {
        var node = ordered();
        aim.op().ifPresent(op -> node.put("op", op(op)));
        aim.value().ifPresent(value -> node.put("value", value));
        node.put("target", aim.target());
        aim.slice().ifPresent(slice -> {
            node.put("timeSliceTarget", slice.target());
            long nanos = slice.window().toNanos();
            Object minutes = nanos % NANOS_OF_A_MINUTE == 0
                    ? nanos / NANOS_OF_A_MINUTE + "m"
                    : (double) nanos / NANOS_OF_A_MINUTE;
            node.put("timeSliceWindow", minutes);
        });
        return node;
    }

    /// Returns the word for a comparison.
    static String op(Comparison comparison) {
        return switch (comparison) {
            case LESS -> "lt";
            case AT_MOST -> "lte";
            case MORE -> "gt";
            case AT_LEAST -> "gte";
        };
    }

    /// Names of OpenSLO are labels of RFC 1123.
    private static String slug(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var cut = plain.substring(0, Math.min(LONGEST_NAME - 4, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "objective" : cut;
    }

    private String unique(String name) {
        var free = name;
        for (int number = 2; !names.add(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    /// Returns the comparison of a word, if it is one.
    public static Optional<Comparison> comparison(String op) {
        return List.of(Comparison.values()).stream()
                .filter(comparison -> op(comparison).equals(op))
                .findFirst();
    }
}
