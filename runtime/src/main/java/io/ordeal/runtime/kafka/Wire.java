package io.ordeal.runtime.kafka;

import com.microsoft.kiota.ApiException;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contract's records as framed bytes, and back.
///
/// The frame is Confluent's: 0x00, the schema's id in four bytes, Avro binary. The Apicurio serdes register and
/// resolve the
/// schemas when it opens; from then on bytes in our own frame are written and read without them, so that an outage of
/// the
/// registry stops nothing. Frames of other writers go through the Apicurio deserialiser, which waits such an outage
/// out.
/// Thread-safe.
public final class Wire implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Wire.class);
    private static final int FRAME = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /// A frame never changes, and services of one process share their registry: each frame is resolved once in a
    /// process.
    private static final Map<KafkaSettings, Map<Topic, byte[]>> RESOLVED = new ConcurrentHashMap<>();

    private static final ThreadLocal<TimingCodec> TIMINGS = ThreadLocal.withInitial(TimingCodec::new);

    private final Map<Topic, byte[]> prefixes;
    private final Map<Topic, RecordCodec<?>> codecs;
    private final AvroKafkaDeserializer<GenericRecord> foreign;
    private final KafkaSettings settings;

    private Wire(KafkaSettings settings, Map<Topic, byte[]> prefixes, AvroKafkaDeserializer<GenericRecord> foreign) {
        this.settings = settings;
        this.prefixes = prefixes;
        this.foreign = foreign;
        this.codecs = new EnumMap<>(Topic.class);
        records().forEach(topic -> codecs.put(topic, codec(topic, topic.record().orElseThrow())));
    }

    /// Registers and resolves every schema, trying again for as long as `patience` while the registry does not
    /// answer.
    ///
    /// @throws RegistryUnavailable when it has not answered by then
    public static Wire open(KafkaSettings settings, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        var prefixes = RESOLVED.computeIfAbsent(settings, absent -> frames(absent, deadline));
        var foreign = new AvroKafkaDeserializer<GenericRecord>();
        foreign.configure(configuration(settings, ForeignRecords.class), false);
        return new Wire(settings, prefixes, foreign);
    }

    /// Returns what stands before each record of `topic`.
    public byte[] prefix(Topic topic) {
        return Optional.ofNullable(prefixes.get(topic))
                .orElseThrow(() -> new IllegalArgumentException(topic + " carries bytes"))
                .clone();
    }

    /// Returns `record` as the value of a Kafka record of `topic`.
    public <T> byte[] encode(Topic topic, Class<T> type, T record) {
        var prefix = prefix(topic);
        var body = codec(topic, type).encode(record);
        var framed = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, framed, prefix.length, body.length);
        return framed;
    }

    /// Returns the record of `topic` that `bytes` hold, or why they hold none.
    public <T> Decoded<T> decode(Topic topic, Class<T> type, byte[] bytes) {
        var codec = codec(topic, type);
        try {
            if (ours(topic, bytes)) {
                return new Decoded.Good<>(codec.decode(bytes, FRAME, codec.schema()));
            }
            return foreign(topic, bytes, codec);
        } catch (AvroRuntimeException e) {
            return new Decoded.Poison<>(reason(e));
        }
    }

    /// Returns the timing that `bytes` hold, or why they hold none: the fast way.
    public Decoded<Timing> decodeTiming(byte[] bytes) {
        if (!ours(Topic.TIMINGS, bytes)) {
            return decode(Topic.TIMINGS, Timing.class, bytes);
        }
        try {
            return new Decoded.Good<>(TIMINGS.get().decode(bytes, FRAME));
        } catch (AvroRuntimeException e) {
            return new Decoded.Poison<>(reason(e));
        }
    }

    @Override
    public void close() {
        foreign.close();
    }

    private boolean ours(Topic topic, byte[] bytes) {
        var prefix = prefixes.get(topic);
        return prefix != null && bytes.length >= FRAME && Arrays.equals(prefix, 0, FRAME, bytes, 0, FRAME);
    }

    private <T> Decoded<T> foreign(Topic topic, byte[] bytes, RecordCodec<T> codec) {
        if (bytes.length < FRAME || bytes[0] != 0) {
            return new Decoded.Poison<>("not in the Confluent frame: 0x00 and a schema id of four bytes come first");
        }
        while (true) {
            try {
                var record = answered(() -> foreign.deserialize(settings.topic(topic), bytes));
                return codec.schema().equals(record.getSchema())
                        ? new Decoded.Good<>(codec.fromAvro(record))
                        : new Decoded.Poison<>("a " + record.getSchema().getName() + " on the wrong topic");
            } catch (RuntimeException e) {
                if (!registryDidNotAnswer(e)) {
                    return new Decoded.Poison<>(reason(e));
                }
                log.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("cause", reason(e))
                        .log("waiting for the registry");
                pause();
            }
        }
    }

    private static Map<Topic, byte[]> frames(KafkaSettings settings, long deadline) {
        var prefixes = new EnumMap<Topic, byte[]>(Topic.class);
        try (var serializer = new AvroKafkaSerializer<Topic>()) {
            serializer.configure(configuration(settings, BareFrame.class), false);
            records().forEach(topic -> prefixes.put(topic, frame(serializer, settings, topic, deadline)));
        }
        return prefixes;
    }

    private static byte[] frame(
            AvroKafkaSerializer<Topic> serializer, KafkaSettings settings, Topic topic, long deadline) {
        while (true) {
            try {
                return answered(() -> serializer.serialize(settings.topic(topic), topic));
            } catch (RuntimeException e) {
                if (!registryDidNotAnswer(e) || System.nanoTime() > deadline) {
                    throw new RegistryUnavailable(settings.registryUrl(), reason(e), e);
                }
                pause();
            }
        }
    }

    @SuppressWarnings("unchecked") // the constructor puts the codec of each topic's own type
    private <T> RecordCodec<T> codec(Topic topic, Class<T> type) {
        return (RecordCodec<T>) codecs.computeIfAbsent(topic, absent -> RecordCodec.of(absent, type));
    }

    private static Stream<Topic> records() {
        return Arrays.stream(Topic.values()).filter(topic -> topic.record().isPresent());
    }

    private static Map<String, Object> configuration(KafkaSettings settings, Class<?> datumProvider) {
        var configuration = new HashMap<String, Object>();
        configuration.put("apicurio.registry.url", settings.registryUrl() + "/apis/registry/v3");
        configuration.put("apicurio.registry.http.adapter", "JDK");
        configuration.put("apicurio.registry.auto-register", true);
        configuration.put("apicurio.registry.auto-register.if-exists", "FIND_OR_CREATE_VERSION");
        configuration.put(
                "apicurio.registry.artifact-resolver-strategy", "io.apicurio.registry.serde.strategy.TopicIdStrategy");
        configuration.put("apicurio.registry.fault-tolerant-refresh", true);
        configuration.put("apicurio.registry.avro-datum-provider", datumProvider.getName());
        settings.registryProperties().forEach((key, value) -> configuration.put("apicurio.registry." + key, value));
        return configuration;
    }

    /// The registry's client waits for ever for an answer that does not come: here it is waited for so long only.
    private static <T> T answered(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("registry-client").start(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | LinkageError e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /// No answer, or one that says to come again, is no statement about the bytes.
    private static boolean registryDidNotAnswer(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException answer) {
                return answer.getResponseStatusCode() >= 500 || answer.getResponseStatusCode() == 429;
            }
            if (cause instanceof AvroRuntimeException) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("", "interrupted", e);
        }
    }
}
