package io.ordeal.chaos.fault;

import io.ordeal.schemas.control.FaultSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/// A short text that is equal for equal content, in this life of the injector and the next.
final class Digest {
    private Digest() {}

    /// Returns the digest of `spec` within `run`.
    static String of(String run, FaultSpec spec) {
        // Lengths before texts, so that no two contents flow into the same bytes; the map is put in order.
        var content = new StringBuilder();
        add(content, run, spec.id(), spec.kind(), spec.target(), spec.duration().toString());
        add(content, Double.toString(spec.fraction()), spec.ramp().toString());
        add(content, spec.lease().map(Object::toString).orElse(""));
        new TreeMap<>(spec.parameters()).forEach((name, value) -> add(content, name, value));
        try {
            var sum = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(StringBuilder content, String... texts) {
        for (var text : texts) {
            content.append(text.length()).append(':').append(text);
        }
    }
}
