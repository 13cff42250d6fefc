package io.ordeal.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the promise of FULL_TRANSITIVE compatibility: today's schema reads, and is read by, every released one.
///
/// A release copies the schemas into `released/<version>/`; run this test with `-Dordeal.release=<version>` to do so.
class CompatibilityTest {
    private static final Path RELEASED = Path.of("released");

    static Stream<Topic> topics() {
        return Arrays.stream(Topic.values()).filter(topic -> topic.record().isPresent());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void todaysSchemaAndEveryReleasedOneReadEachOther(Topic topic) throws Exception {
        release(topic);
        var released = released(topic);
        assertThat(released).as("released schemas of " + topic).isNotEmpty();
        new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(Schemas.of(topic), released);
    }

    @Test
    void noReleasedSchemaIsOrphaned() throws IOException {
        var known = topics().map(topic -> topic.named("") + ".avsc").toList();
        try (var files = Files.walk(RELEASED)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(known::contains);
        }
    }

    private static void release(Topic topic) throws IOException {
        var version = System.getProperty("ordeal.release", "");
        if (!version.isEmpty()) {
            var folder = Files.createDirectories(RELEASED.resolve(version));
            Files.writeString(
                    folder.resolve(topic.named("") + ".avsc"),
                    SchemaFormatter.format("json/pretty", Schemas.of(topic)) + "\n");
        }
    }

    private static List<Schema> released(Topic topic) throws IOException {
        var schemas = new ArrayList<Schema>();
        try (var versions = Files.list(RELEASED)) {
            for (var version : versions.sorted().toList()) {
                var file = version.resolve(topic.named("") + ".avsc");
                if (Files.exists(file)) {
                    schemas.add(new Schema.Parser().parse(Files.readString(file)));
                }
            }
        }
        return schemas;
    }
}
