package io.ordeal.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.runtime.json.RecordJson;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.VerdictEvent;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes `verdicts.jsonl` and `lifecycle.jsonl`: one record of the topic per line, as [RecordJson] has them. Field
/// `type` names what it is; histograms are in `histograms.hlog`.
final class JsonLines {
    private JsonLines() {}

    static String verdicts(List<VerdictEvent> events) {
        return lines(events, event -> node(event.run(), event.at(), Map.of(), event.verdict()));
    }

    static String lifecycle(List<LifecycleEvent> events) {
        return lines(events, event -> node(event.run(), event.at(), Map.of("source", event.source()), event.event()));
    }

    private static <T> String lines(List<T> records, Function<T, ObjectNode> node) {
        return records.stream()
                .map(one -> {
                    try {
                        return RecordJson.mapper().writeValueAsString(node.apply(one)) + "\n";
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining());
    }

    private static ObjectNode node(String run, Instant at, Map<String, String> more, Object body) {
        var node = RecordJson.mapper().createObjectNode().put("run", run).put("at", at.toString());
        more.forEach(node::put);
        node.setAll(RecordJson.typed(body));
        return node;
    }
}
