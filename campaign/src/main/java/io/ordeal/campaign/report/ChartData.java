package io.ordeal.campaign.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// The charts as the script reads them: JSON, gzip, base64, which needs no escaping anywhere.
final class ChartData {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(4);

    private ChartData() {}

    static String packed(Charts charts) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(JSON.writeValueAsBytes(node(charts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static ObjectNode node(Charts charts) {
        var root = JSON.createObjectNode().put("start", 0).put("end", charts.end() - charts.start());
        var times = root.putArray("times");
        charts.times().forEach(at -> times.add(millis(at - charts.start())));
        spans(root.putArray("faults"), "id", charts.faults(), charts.start());
        spans(root.putArray("phases"), "name", charts.phases(), charts.start());
        var list = root.putArray("charts");
        charts.charts().forEach(chart -> chart(list.addObject(), chart));
        return root;
    }

    private static void spans(ArrayNode array, String key, List<Charts.Span> spans, double start) {
        spans.forEach(span -> array.addObject()
                .put(key, span.name())
                .put("from", millis(span.from() - start))
                .put("to", millis(span.to() - start)));
    }

    /// Rounds seconds to milliseconds: times are from the start of the load, so that marks fall on whole seconds.
    private static double millis(double seconds) {
        return Math.rint(seconds * 1e3) / 1e3;
    }

    private static void chart(ObjectNode node, Charts.Chart chart) {
        node.put("id", chart.id())
                .put("unit", chart.unit())
                .put("log", chart.log())
                .put("height", chart.height());
        var limits = node.putArray("limits");
        chart.limits()
                .forEach(limit -> limits.addObject().put("value", limit.value()).put("label", limit.label()));
        var list = node.putArray("series");
        for (var series : chart.series()) {
            var one = list.addObject()
                    .put("label", series.label())
                    .put("colour", SvgChart.colour(series.style()))
                    .put("width", series.width());
            if (series.dashed()) {
                one.putArray("dash").add(4).add(3);
            }
            var values = one.putArray("values");
            for (double value : series.values()) {
                if (Double.isFinite(value)) {
                    values.add(new BigDecimal(value).round(DIGITS));
                } else {
                    values.addNull();
                }
            }
        }
    }
}
