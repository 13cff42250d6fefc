package io.ordeal.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.idl.IdlFile;
import org.apache.avro.idl.IdlReader;

/// The Avro schemas of the contract, read from the IDL that documents them.
public final class Schemas {
    private static final String NAMESPACE = "io.ordeal.";
    private static final Map<String, IdlFile> FILES = new ConcurrentHashMap<>();

    private Schemas() {}

    /// Returns the schema of the record that `topic` carries.
    ///
    /// @throws IllegalArgumentException for the dead letters, which have none
    public static Schema of(Topic topic) {
        var record = topic.record().orElseThrow(() -> new IllegalArgumentException(topic + " carries bytes"));
        return FILES.computeIfAbsent(topic.idl(), Schemas::read).getNamedSchema(NAMESPACE + record.getSimpleName());
    }

    private static IdlFile read(String name) {
        var resource = "/io/ordeal/schemas/" + name + ".avdl";
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + resource);
            }
            return new IdlReader().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
