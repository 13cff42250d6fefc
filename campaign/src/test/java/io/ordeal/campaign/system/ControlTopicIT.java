package io.ordeal.campaign.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.campaign.run.ChaosDesk;
import io.ordeal.campaign.run.ChaosView;
import io.ordeal.campaign.run.RunId;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.Command.InjectFault;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.wire.Schemas;
import io.ordeal.schemas.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What others write to the control topic: good, bad and foreign.
class ControlTopicIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void appliesAndRevertsAFaultByHand() {
        try (var desk = desk()) {
            var fault = fault("latency", SharedStack.TARGET, Map.of("latency", "200ms"), Duration.ofSeconds(30));
            assertThat(desk.inject(fault))
                    .satisfies(
                            answer -> assertThat(answer.done()).as("%s", answer).isTrue());
            assertThat(ChaosView.status(SharedStack.cluster())).anyMatch(line -> line.contains(fault.id()));
            assertThat(desk.clear(fault.id()).done()).isTrue();
            assertThat(ChaosView.status(SharedStack.cluster())).noneMatch(line -> line.contains(fault.id()));
        }
    }

    @Test
    void namesTheTargetsAndTheirKinds() {
        assertThat(ChaosView.targets(SharedStack.cluster()))
                .contains("  " + SharedStack.TARGET)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("latency"))
                .anyMatch(line -> line.contains("kill"));
    }

    @Test
    void rejectsWhatIsUnknownOrForbiddenWithTheReason() {
        try (var desk = desk()) {
            assertRejected(desk, fault("meteor", SharedStack.TARGET, Map.of(), Duration.ofSeconds(1)), "meteor");
            assertThat(desk.inject(fault("latency", "elsewhere", Map.of("latency", "1s"), Duration.ofSeconds(1)))
                            .lines())
                    .containsExactly(
                            "no injector knows the target `elsewhere`", "known are host, " + SharedStack.TARGET);
            assertRejected(
                    desk,
                    fault("latency", SharedStack.TARGET, Map.of("latency", "1s"), Duration.ofDays(1)),
                    "duration");
            assertRejected(
                    desk,
                    fault("latency", SharedStack.TARGET, Map.of("latency", "-1s"), Duration.ofSeconds(1)),
                    "latency");
            assertRejected(desk, fault("cpu", SharedStack.TARGET, Map.of("load", "50%"), Duration.ofSeconds(1)), "cpu");
        }
    }

    @Test
    void setsAsideWhatIsNoCommandAndGoesOn() throws Exception {
        var name = SharedStack.cluster().settings().topic(Topic.CONTROL);
        var garbage = List.of(
                "not avro".getBytes(UTF_8), new byte[] {}, new byte[] {0, 0, 0, 0, 1, 77}, new byte[] {0, 1, 2, 3, 4, 5
                });
        long before = deadLetters().size();
        try (var producer = new KafkaProducer<byte[], byte[]>(
                SharedStack.cluster().settings().producer())) {
            for (var bytes : garbage) {
                producer.send(new ProducerRecord<>(name, "k".getBytes(UTF_8), bytes))
                        .get();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(deadLetters()).hasSizeGreaterThanOrEqualTo((int) before + garbage.size()));
        assertThat(deadLetters()).allSatisfy(reason -> assertThat(reason).isNotBlank());
        try (var desk = desk()) {
            var fault = fault("latency", SharedStack.TARGET, Map.of("latency", "50ms"), Duration.ofSeconds(1));
            assertThat(desk.inject(fault).done()).isTrue();
        }
    }

    @Test
    void obeysTheNextGoodCommandAfterTwoThousandHostileRecords() throws Exception {
        var random = new Random(7);
        var cluster = SharedStack.cluster();
        var good = fault("pause", "../" + SharedStack.TARGET, Map.of("; rm -rf /", "$(id)"), Duration.ofDays(9));
        var command = new Command(
                "h",
                "../run",
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                "`x`",
                new InjectFault(good));
        var bytes = cluster.wire().encode(Topic.CONTROL, Command.class, command);
        try (var producer = new KafkaProducer<byte[], byte[]>(cluster.settings().producer())) {
            for (int i = 0; i < 2000; i++) {
                var hostile = i % 2 == 0 ? bytes.clone() : new byte[random.nextInt(300)];
                if (i % 2 == 0) {
                    hostile[5 + random.nextInt(hostile.length - 5)] ^= (byte) (1 << random.nextInt(8));
                } else {
                    random.nextBytes(hostile);
                }
                var _ = producer.send(new ProducerRecord<>(cluster.settings().topic(Topic.CONTROL), hostile));
            }
            producer.flush();
        }
        try (var desk = desk()) {
            var fault = fault("latency", SharedStack.TARGET, Map.of("latency", "50ms"), Duration.ofSeconds(1));
            assertThat(desk.inject(fault).done()).isTrue();
        }
        assertThat(ChaosView.status(cluster)).noneMatch(line -> line.contains(good.id()));
    }

    /// A client in another language knows the registry's Confluent interface and nothing of ours. Its schema is
    /// newer: it
    /// has a field that we have never seen.
    @Test
    void understandsAForeignWriterWithANewerSchema() throws Exception {
        var settings = SharedStack.cluster().settings();
        var subject = settings.topic(Topic.CONTROL) + "-value";
        assertThat(http("GET", settings.registryUrl() + "/apis/ccompat/v7/subjects", ""))
                .contains(subject);
        var newer = Schemas.of(Topic.CONTROL)
                .toString()
                .replaceFirst(
                        "\"name\":\"issuer\"",
                        "\"name\":\"mood\",\"type\":\"string\",\"default\":\"fine\"},{\"name\":\"issuer\"");
        var body = "{\"schema\": " + quoted(newer) + "}";
        var answer = http("POST", settings.registryUrl() + "/apis/ccompat/v7/subjects/" + subject + "/versions", body);
        int id = Integer.parseInt(answer.replaceAll("\\D+", ""));

        var fault = fault("meteor", SharedStack.TARGET, Map.of(), Duration.ofSeconds(1));
        try (var producer = new KafkaProducer<byte[], byte[]>(settings.producer());
                var desk = desk()) {
            producer.send(new ProducerRecord<>(
                            settings.topic(Topic.CONTROL), "r".getBytes(UTF_8), foreign(newer, id, fault)))
                    .get();
            assertThat(desk.answerTo(fault.id()).lines()).anyMatch(line -> line.contains("meteor"));
        }
    }

    private static byte[] foreign(String schemaText, int id, FaultSpec fault) throws Exception {
        var schema = new Schema.Parser().parse(schemaText);
        var action = schema.getField("action").schema().getTypes().stream()
                .filter(branch -> branch.getName().equals("InjectFault"))
                .findFirst()
                .orElseThrow();
        var spec = new GenericData.Record(action.getField("fault").schema());
        spec.put("id", fault.id());
        spec.put("kind", fault.kind());
        spec.put("target", fault.target());
        spec.put("parameters", Map.of());
        spec.put("duration", 1_000_000L);
        spec.put("fraction", 1.0);
        spec.put("ramp", 0L);
        var inject = new GenericData.Record(action);
        inject.put("fault", spec);
        inject.put("dryRun", false);
        var command = new GenericData.Record(schema);
        command.put("id", "foreign-" + fault.id());
        command.put("run", "foreign");
        command.put("issuedAt", Instant.now().toEpochMilli() * 1000);
        command.put("mood", "curious");
        command.put("issuer", "a script");
        command.put("action", inject);
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(command, encoder);
        return out.toByteArray();
    }

    private static void assertRejected(ChaosDesk desk, FaultSpec fault, String reason) {
        var answer = desk.inject(fault);
        assertThat(answer.done()).isFalse();
        assertThat(answer.lines()).anyMatch(line -> line.startsWith("rejected") && line.contains(reason));
    }

    private static ChaosDesk desk() {
        return ChaosDesk.open(SharedStack.cluster(), RunId.next(new SecureRandom()));
    }

    private static FaultSpec fault(String kind, String target, Map<String, String> parameters, Duration duration) {
        return new FaultSpec(
                "T-" + RunId.next(new SecureRandom()), kind, target, parameters, duration, 1.0, Duration.ZERO);
    }

    private static List<String> deadLetters() {
        var settings = SharedStack.cluster().settings();
        var partition = new TopicPartition(settings.topic(Topic.DEAD_LETTER), 0);
        var reasons = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.consumer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end =
                    consumer.endOffsets(List.of(partition)).values().iterator().next();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> reasons.add(new String(
                                record.headers().lastHeader(DeadLetters.REASON).value(), UTF_8)));
            }
        }
        return reasons;
    }

    private static String http(String method, String url, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
