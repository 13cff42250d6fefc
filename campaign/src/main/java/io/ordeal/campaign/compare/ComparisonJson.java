package io.ordeal.campaign.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.campaign.compare.Comparison.Row;
import java.io.UncheckedIOException;
import java.util.List;

/// Comparisons and histories for machines. Latencies are in microseconds, ratios from 0 to 1, slopes per hour in
/// the unit of what grows: seconds, ratios, requests per second, or that of the reading.
public final class ComparisonJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ComparisonJson() {}

    /// Returns `comparison` as one object.
    public static String text(Comparison comparison) {
        var root = JSON.createObjectNode()
                .put("verdict", comparison.verdict().name())
                .put("before", comparison.before().run())
                .put("after", comparison.after().run());
        comparison.reasons().forEach(root.putArray("reasons")::add);
        comparison.differences().forEach(root.putArray("differences")::add);
        var rows = root.putArray("rows");
        comparison.rows().forEach(row -> rows.add(node(row)));
        return text(root);
    }

    /// Returns `histories` as one object.
    public static String text(List<History> histories) {
        var root = JSON.createObjectNode();
        var campaigns = root.putArray("campaigns");
        for (var history : histories) {
            var node = campaigns
                    .addObject()
                    .put("campaign", history.campaign())
                    .put("runs", history.runs().size());
            var shifts = node.putArray("shifts");
            for (var shift : history.shifts()) {
                shifts.addObject()
                        .put("request", shift.request())
                        .put("measure", shift.measure())
                        .put("since", shift.since().run())
                        .put("before", shift.before())
                        .put("after", shift.after())
                        .put("significance", shift.significance());
            }
        }
        return text(root);
    }

    private static ObjectNode node(Row row) {
        var node = JSON.createObjectNode()
                .put("request", row.request())
                .put("measure", row.measure())
                .put("before", row.before())
                .put("after", row.after())
                .put("verdict", row.verdict().name())
                .put("reason", row.reason());
        row.change()
                .ifPresent(change -> node.putObject("change")
                        .put("low", change.low())
                        .put("estimate", change.estimate())
                        .put("high", change.high()));
        row.superiority().ifPresent(part -> node.put("superiority", part));
        return node;
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
