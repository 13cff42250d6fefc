package io.ordeal.campaign.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.ordeal.campaign.document.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// The hash of a plan: SHA-256 of everything that a run does and judges, as JSON with sorted keys and times in
/// nanoseconds. The run's id and the service's address are not part of it, comments and the order of keys neither.
final class PlanHash {
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule().addSerializer(Duration.class, new Nanos()))
            .build();

    private PlanHash() {}

    private record Canonical(Object objectives, Object segment, List<TimedFault> faults, List<String> guards) {}

    static String of(Plan plan) {
        var canonical = new Canonical(
                plan.objectives(""),
                plan.segments("", plan.campaign().target().text()).getFirst(),
                plan.faults(),
                plan.campaign().guards().stream().map(Guard::expression).toList());
        try {
            var text = CANONICAL.writeValueAsString(canonical);
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Nanos extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(value.toNanos());
        }
    }
}
