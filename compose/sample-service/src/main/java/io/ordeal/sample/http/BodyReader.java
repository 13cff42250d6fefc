package io.ordeal.sample.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Reads a request's body into memory, up to a bound beyond which the answer is 413.
final class BodyReader {

    private final int mostBytes;

    BodyReader(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Reads the body of `exchange` and then hands it to `then`, unless it ended before: too large, or its client
    /// gone.
    void read(Exchange exchange, Consumer<Exchange> then) {
        HttpServerRequest request = exchange.request();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (!exchange.isOver() && body.length() + chunk.length() > mostBytes) {
                exchange.header(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                exchange.error(413, "the body is larger than " + mostBytes + " bytes");
            } else if (!exchange.isOver()) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(_ -> exchange.abandon());
        request.endHandler(_ -> {
            if (!exchange.isOver()) {
                exchange.read(body);
                then.accept(exchange);
            }
        });
    }
}
