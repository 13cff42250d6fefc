package io.ordeal.runtime.kafka;

import io.apicurio.registry.serde.avro.AvroDatumProvider;
import io.ordeal.schemas.wire.Schemas;
import io.ordeal.schemas.wire.Topic;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;

/// Makes the serde register and resolve the schema of a topic and write its frame with nothing inside: a topic has
/// one
/// record type, so its frame never changes. Public because the serde makes it by name.
public final class BareFrame implements AvroDatumProvider<Topic> {
    @Override
    public DatumWriter<Topic> createDatumWriter(Topic topic, Schema schema) {
        return new DatumWriter<>() {
            @Override
            public void setSchema(Schema schema) {
                // the frame needs none
            }

            @Override
            public void write(Topic topic, Encoder encoder) {
                // only the frame is wanted
            }
        };
    }

    @Override
    public DatumReader<Topic> createDatumReader(Schema schema) {
        throw new AvroTypeException("frames are only written");
    }

    @Override
    public Schema toSchema(Topic topic) {
        return Schemas.of(topic);
    }
}
