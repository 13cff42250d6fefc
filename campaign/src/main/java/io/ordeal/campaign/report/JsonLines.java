package io.ordeal.campaign.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.VerdictEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes `verdicts.jsonl` and `lifecycle.jsonl`: one record of the topic per line. Field `type` names what it is,
/// instants are in ISO 8601, durations in seconds; histograms are left out, they are in `histograms.hlog`.
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new Writes<>((time, to) -> to.writeNumber(time.toNanos() / 1e9)))
                    .addSerializer(Instant.class, new Writes<>((at, to) -> to.writeString(at.toString())))
                    .addSerializer(ByteBuffer.class, new Writes<>((_, to) -> to.writeNull()))
                    .addSerializer(Optional.class, new Writes<>((value, to) -> {
                        if (value.isPresent()) {
                            to.writePOJO(value.get());
                        } else {
                            to.writeNull();
                        }
                    })))
            .build();
    private static final List<String> HISTOGRAMS = List.of("responseHistogram", "serviceHistogram");

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
                        return JSON.writeValueAsString(node.apply(one)) + "\n";
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining());
    }

    private static ObjectNode node(String run, Instant at, Map<String, String> more, Object body) {
        var node = JSON.createObjectNode().put("run", run).put("at", at.toString());
        more.forEach(node::put);
        node.put("type", body.getClass().getSimpleName());
        ObjectNode fields = JSON.valueToTree(body);
        fields.remove(HISTOGRAMS);
        fields.path("requests").forEach(request -> {
            if (request instanceof ObjectNode object) {
                object.remove(HISTOGRAMS);
            }
        });
        node.setAll(fields);
        return node;
    }

    private interface Write<T> {
        void write(T value, JsonGenerator generator) throws IOException;
    }

    private static final class Writes<T> extends JsonSerializer<T> {
        private final Write<T> write;

        Writes(Write<T> write) {
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            write.write(value, generator);
        }
    }
}
