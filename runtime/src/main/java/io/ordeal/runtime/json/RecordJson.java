package io.ordeal.runtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Records of the contract as JSON: instants are in ISO 8601, durations in seconds, what is absent is null, and
/// histograms are left out.
public final class RecordJson {
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

    private RecordJson() {}

    /// Returns what reads and writes.
    public static JsonMapper mapper() {
        return JSON;
    }

    /// Returns `body` as an object with its type's name as `type`.
    public static ObjectNode typed(Object body) {
        var node = JSON.createObjectNode().put("type", body.getClass().getSimpleName());
        node.setAll(node(body));
        return node;
    }

    /// Returns `body` as an object.
    public static ObjectNode node(Object body) {
        ObjectNode fields = JSON.valueToTree(body);
        fields.remove(HISTOGRAMS);
        fields.path("requests").forEach(request -> {
            if (request instanceof ObjectNode object) {
                object.remove(HISTOGRAMS);
            }
        });
        return fields;
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
