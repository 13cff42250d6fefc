package io.ordeal.generator.user;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/// An answer that came whole. Not thread-safe.
public final class Answer {
    private final int status;
    private final Function<String, Optional<String>> headers;
    private final Optional<Body> body;
    private final long bytes;
    private final long nanos;
    private Optional<String> text = Optional.empty();
    private Optional<Optional<JsonNode>> json = Optional.empty();

    /// Describes an answer.
    ///
    /// @param status 0 for what has none, as the messages of a WebSocket
    /// @param headers knows the value of each header, whatever its case
    /// @param body as far as it was kept; empty when nobody asked for it, see [Inspection#readsBody]
    /// @param bytes the length of the body
    /// @param nanos from sending to the last byte
    public Answer(int status, Function<String, Optional<String>> headers, Optional<Body> body, long bytes, long nanos) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.bytes = bytes;
        this.nanos = nanos;
    }

    /// Describes a message without status and headers.
    public static Answer message(byte[] message, long nanos) {
        return new Answer(0, _ -> Optional.empty(), Optional.of(Body.of(message)), message.length, nanos);
    }

    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    long nanos() {
        return nanos;
    }

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    /// Whether the body was too long to be looked at.
    boolean cut() {
        return body.filter(Body::cut).isPresent();
    }

    String text() {
        if (text.isEmpty()) {
            text = body.map(Body::text).or(() -> Optional.of(""));
        }
        return text.orElseThrow();
    }

    /// Returns the body as JSON; empty when it is none.
    Optional<JsonNode> json() {
        if (json.isEmpty()) {
            json = Optional.of(Json.parsed(text()));
        }
        return json.orElseThrow();
    }
}
