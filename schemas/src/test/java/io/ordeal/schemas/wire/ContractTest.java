package io.ordeal.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the records, the IDL and the bytes together: every record that the contract can express survives the way
/// there
/// and back.
class ContractTest {
    static Stream<Topic> topics() {
        return Arrays.stream(Topic.values()).filter(topic -> topic.record().isPresent());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyRecordSurvivesTheWayThereAndBack(Topic topic) {
        assertSurvives(topic, topic.record().orElseThrow());
    }

    private static <T> void assertSurvives(Topic topic, Class<T> type) {
        var codec = RecordCodec.of(topic, type);
        for (var record : samples(type, new Random(42))) {
            var bytes = codec.encode(type.cast(record));
            assertThat(codec.decode(bytes, 0, codec.schema())).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyRecordIsDocumented(Topic topic) {
        assertThat(Schemas.of(topic).getDoc()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void noTruncatedOrLengthenedRecordIsAccepted(Topic topic) {
        var codec = RecordCodec.of(topic, topic.record().orElseThrow());
        var bytes = encode(
                codec, samples(topic.record().orElseThrow(), new Random(7)).getFirst());
        var longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> codec.decode(longer, 0, codec.schema())).isInstanceOf(AvroRuntimeException.class);
        var shorter = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> codec.decode(shorter, 0, codec.schema())).isInstanceOf(AvroRuntimeException.class);
    }

    @SuppressWarnings("unchecked")
    private static <T> byte[] encode(RecordCodec<T> codec, Object record) {
        return codec.encode((T) record);
    }

    /// Several records of `type` that between them use every branch of every union.
    private static List<Object> samples(Class<?> type, Random random) {
        var samples = new ArrayList<>();
        int most = Arrays.stream(type.getRecordComponents())
                .mapToInt(c -> Math.max(1, RecordMapping.recordsIn(c.getType()).size()))
                .max()
                .orElse(1);
        for (int variant = 0; variant < most * 4; variant++) {
            samples.add(sample(type, random, variant));
        }
        return samples;
    }

    private static Object sample(Class<?> type, Random random, int variant) {
        var arguments = Arrays.stream(type.getRecordComponents())
                .map(component -> value(component.getGenericType(), random, variant))
                .toArray();
        try {
            var types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }

    private static Object value(Type type, Random random, int variant) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return random.nextBoolean() ? Optional.of(value(arguments[0], random, variant)) : Optional.empty();
            }
            return generic.getRawType() == List.class
                    ? List.of(value(arguments[0], random, variant), value(arguments[0], random, variant))
                    : Map.of("a", value(arguments[1], random, variant), "ü", value(arguments[1], random, variant));
        }
        var wanted = (Class<?>) type;
        var records = RecordMapping.recordsIn(wanted);
        if (!records.isEmpty()) {
            return sample(records.get(variant % records.size()), random, variant);
        }
        return scalar(wanted, random);
    }

    private static Object scalar(Class<?> type, Random random) {
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        return switch (type.getSimpleName()) {
            case "String" -> "text " + random.nextInt();
            case "int", "Integer" -> random.nextInt();
            case "long", "Long" -> random.nextLong();
            case "double", "Double" -> random.nextGaussian();
            case "boolean", "Boolean" -> random.nextBoolean();
            case "Instant" ->
                Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1000), random.nextInt(1000) * 1000L);
            case "Duration" -> Duration.ofNanos(random.nextInt() * 1000L);
            case "ByteBuffer" -> ByteBuffer.wrap(new byte[] {1, 2, (byte) random.nextInt()});
            default -> throw new AssertionError("no sample of " + type);
        };
    }
}
