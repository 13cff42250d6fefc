package io.ordeal.generator.drive;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/// A request as it is sent, but for what each attempt adds.
record Outgoing(RequestOptions options, Buffer body) {
    /// Names nothing of it: headers hold credentials.
    @Override
    public String toString() {
        return "Outgoing[" + body.length() + " bytes]";
    }
}
