package io.ordeal.aggregator;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;

/// Frames with schema ids that need no registry.
final class FixedFrames implements Frames {
    private static final int FRAME = 5;
    private static final ThreadLocal<TimingCodec> TIMINGS = ThreadLocal.withInitial(TimingCodec::new);

    private final Map<Topic, RecordCodec<?>> codecs = new ConcurrentHashMap<>();

    @Override
    public Decoded<Timing> timing(byte[] bytes) {
        try {
            return frame(Topic.TIMINGS, bytes)
                    .<Decoded<Timing>>map(Decoded.Poison::new)
                    .orElseGet(() -> new Decoded.Good<>(TIMINGS.get().decode(bytes, FRAME)));
        } catch (AvroRuntimeException e) {
            return new Decoded.Poison<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public <T> Decoded<T> decode(Topic topic, Class<T> type, byte[] bytes) {
        var codec = codec(topic, type);
        try {
            return frame(topic, bytes)
                    .<Decoded<T>>map(Decoded.Poison::new)
                    .orElseGet(() -> new Decoded.Good<>(codec.decode(bytes, FRAME, codec.schema())));
        } catch (AvroRuntimeException e) {
            return new Decoded.Poison<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public <T> byte[] encode(Topic topic, Class<T> type, T record) {
        var body = codec(topic, type).encode(record);
        return ByteBuffer.allocate(FRAME + body.length)
                .put((byte) 0)
                .putInt(id(topic))
                .put(body)
                .array();
    }

    private static Optional<String> frame(Topic topic, byte[] bytes) {
        boolean ours =
                bytes.length > FRAME && bytes[0] == 0 && ByteBuffer.wrap(bytes).getInt(1) == id(topic);
        return ours ? Optional.empty() : Optional.of("not in the Confluent frame");
    }

    private static int id(Topic topic) {
        return topic.ordinal() + 1;
    }

    @SuppressWarnings("unchecked") // each topic has one type
    private <T> RecordCodec<T> codec(Topic topic, Class<T> type) {
        return (RecordCodec<T>) codecs.computeIfAbsent(topic, each -> RecordCodec.of(each, type));
    }
}
