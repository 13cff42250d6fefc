package io.ordeal.runtime.kafka;

import io.apicurio.registry.serde.avro.AvroDatumProvider;
import io.ordeal.schemas.wire.Schemas;
import io.ordeal.schemas.wire.Topic;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;

/// Reads what other writers wrote with other versions of the schemas, as today's. Public because the serde makes it
/// by
/// name.
public final class ForeignRecords implements AvroDatumProvider<GenericRecord> {
    private static final Map<String, Schema> OURS = Arrays.stream(Topic.values())
            .filter(topic -> topic.record().isPresent())
            .map(Schemas::of)
            .collect(Collectors.toMap(Schema::getFullName, schema -> schema));

    @Override
    public DatumReader<GenericRecord> createDatumReader(Schema writer) {
        var ours = OURS.get(writer.getFullName());
        if (ours == null) {
            throw new AvroTypeException("the schema is of " + writer.getFullName() + ", which is not in the contract");
        }
        return new GenericDatumReader<>(writer, ours);
    }

    @Override
    public DatumWriter<GenericRecord> createDatumWriter(GenericRecord data, Schema schema) {
        throw new AvroTypeException("foreign records are only read");
    }

    @Override
    public Schema toSchema(GenericRecord data) {
        return data.getSchema();
    }
}
