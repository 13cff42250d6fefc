package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// One request and its answer. It ends exactly once: answered, upgraded, or abandoned because its client is gone.
final class Exchange {

    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

    /// Hears of the two moments that count.
    interface Observer {
        /// An answer with `status` is about to leave.
        void answering(Exchange exchange, int status);

        /// The exchange has ended, abandoned if `abandoned`.
        void ended(Exchange exchange, boolean abandoned);
    }

    private final HttpServerRequest request;
    private final Route route;
    private final long startedNanos;
    private final Observer observer;
    private Buffer body = Buffer.buffer(0);
    private boolean held;
    private boolean placed;
    private boolean doomed;
    private boolean over;

    Exchange(HttpServerRequest request, Route route, long startedNanos, Observer observer) {
        this.request = request;
        this.route = route;
        this.startedNanos = startedNanos;
        this.observer = observer;
    }

    HttpServerRequest request() {
        return request;
    }

    Operation operation() {
        return route.operation();
    }

    /// The identifier in the path.
    String id() {
        return route.id();
    }

    long startedNanos() {
        return startedNanos;
    }

    /// The request's body, once it has been read.
    Buffer body() {
        return body;
    }

    void read(Buffer whole) {
        body = whole;
    }

    /// The body as a JSON object; an empty body is an empty object. Where it is something else, the client is told so
    /// and nothing is returned.
    Optional<JsonObject> json() {
        if (body.length() == 0) {
            return Optional.of(new JsonObject());
        }
        try {
            return Optional.of(body.toJsonObject());
        } catch (DecodeException | ClassCastException _) {
            error(400, "the body is not a JSON object");
            return Optional.empty();
        }
    }

    /// Who asks: the header `X-User`, or the client's address where it is absent.
    String user() {
        String named = request.getHeader("X-User");
        return named == null || named.isEmpty() ? request.remoteAddress().hostAddress() : named;
    }

    /// A parameter of the query string; empty where it is absent or cannot be decoded.
    String parameter(String name) {
        try {
            String value = request.getParam(name);
            return value == null ? "" : value;
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// Whether the exchange has one of its operation's places.
    boolean isPlaced() {
        return placed;
    }

    /// Notes that it has a place, and whether it is to fail there.
    void place(boolean fails) {
        placed = true;
        doomed = fails;
    }

    /// Whether an error has been drawn for it.
    boolean isDoomed() {
        return doomed;
    }

    boolean isOver() {
        return over;
    }

    /// Ends as abandoned if the client is gone; tells whether the exchange is over, so that no work is done for
    /// nobody.
    boolean isGone() {
        if (!over && request.response().closed()) {
            end(true);
        }
        return over;
    }

    /// Holds the request's end back until the answer: one that has ended cannot become a WebSocket any more.
    void hold() {
        request.pause();
        held = true;
    }

    void header(CharSequence name, CharSequence value) {
        request.response().headers().set(name, value);
    }

    /// Says after how many nanoseconds it is worth trying again, in whole seconds, at least one.
    void retryAfter(long nanos) {
        header(RETRY_AFTER, Long.toString(Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L))));
    }

    void error(int status, String message) {
        answer(status, new JsonObject().put("error", message));
    }

    void answer(int status, JsonObject json) {
        answer(status, JSON, json.toBuffer());
    }

    void answer(int status, CharSequence type, Buffer content) {
        if (isGone()) {
            return;
        }
        if (held) {
            request.resume();
        }
        HttpServerResponse response = request.response();
        if (status != 200) {
            response.setStatusCode(status);
        }
        response.headers().set(HttpHeaders.CONTENT_TYPE, type);
        observer.answering(this, status);
        // A failure here means that the client went away just now; the answer had left as far as the service can tell.
        var _ = response.end(content);
        end(false);
    }

    /// Starts an answer of unknown length; [#finish] ends it.
    HttpServerResponse stream(CharSequence type) {
        HttpServerResponse response = request.response().setChunked(true);
        response.headers().set(HttpHeaders.CONTENT_TYPE, type);
        return response;
    }

    /// Ends a streamed answer with its last part.
    void finish(Buffer last) {
        if (isGone()) {
            return;
        }
        observer.answering(this, 200);
        var _ = request.response().end(last);
        end(false);
    }

    /// Turns the connection into a WebSocket.
    Future<ServerWebSocket> upgrade() {
        return request.toWebSocket().onComplete(upgraded -> {
            observer.answering(this, upgraded.succeeded() ? 101 : 400);
            end(false);
        });
    }

    /// Ends without an answer, because the client is gone.
    void abandon() {
        if (!over) {
            end(true);
        }
    }

    private void end(boolean abandoned) {
        over = true;
        observer.ended(this, abandoned);
    }
}
