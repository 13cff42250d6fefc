package io.ordeal.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/// Avro binary for the record of one topic.
///
/// @param <T> the record type
public final class RecordCodec<T> {
    static {
        // A mutilated length must not make Avro allocate gigabytes.
        System.setProperty("org.apache.avro.limits.string.maxLength", String.valueOf(1 << 20));
        System.setProperty("org.apache.avro.limits.bytes.maxLength", String.valueOf(16 << 20));
        System.setProperty("org.apache.avro.limits.collectionItems.maxLength", String.valueOf(1 << 20));
    }

    private final Class<T> type;
    private final Schema schema;

    private RecordCodec(Class<T> type, Schema schema) {
        this.type = type;
        this.schema = schema;
    }

    /// Returns the codec for `topic`, whose record must be of `type`.
    public static <T> RecordCodec<T> of(Topic topic, Class<T> type) {
        if (!topic.record().orElseThrow().equals(type)) {
            throw new IllegalArgumentException(topic + " does not carry " + type.getSimpleName());
        }
        return new RecordCodec<>(type, Schemas.of(topic));
    }

    /// Returns the schema that this codec writes.
    public Schema schema() {
        return schema;
    }

    /// Returns `record` in Avro binary, without any frame.
    public byte[] encode(T record) {
        var out = new ByteArrayOutputStream(256);
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(RecordMapping.toAvro(record, schema), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Returns the record that `bytes` hold from `offset` to their end, written with `writer`.
    ///
    /// @throws AvroRuntimeException when they hold no such record, or more than one
    public T decode(byte[] bytes, int offset, Schema writer) {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
        try {
            var read = new GenericDatumReader<GenericRecord>(writer, schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AvroRuntimeException("bytes left over after the record");
            }
            return fromAvro(read);
        } catch (IOException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw new AvroRuntimeException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /// Returns `record` as the record type, for what another reader has already read with this codec's schema.
    public T fromAvro(GenericRecord record) {
        return RecordMapping.fromAvro(record, type);
    }
}
