package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request from the instant at which it is due to its end, which it has exactly once. Instants are nanoseconds
/// since 1970. Belongs to one event loop.
///
/// ```
///   due --(free user, free connection)--> connecting --> sent --> first byte --> ended
/// ```
final class Exchange {
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");
    private static final CharSequence CLOSE = HttpHeaders.CLOSE;

    private final Stage stage;
    private final User user;
    private final PreparedStep step;
    private final long due;
    private final long begunAt;
    private @Nullable Link link;
    private long usedAt;
    private long connect;
    private long sentAt;
    private long firstByteAt;
    private long index;
    private int status;
    private int searchState;
    private long bytesIn;
    private boolean sent;
    private boolean ended;
    private boolean closing;

    /// Neighbours in [InFlight], which alone touches them.
    @Nullable
    Exchange before;

    @Nullable
    Exchange after;

    /// Makes the request of `step` that `user` was to send at `due`; it is `now`.
    Exchange(Stage stage, User user, PreparedStep step, long due, long now) {
        this.stage = stage;
        this.user = user;
        this.step = step;
        this.due = due;
        this.begunAt = now;
    }

    /// Counts it as scheduled and sends it as soon as there is a connection.
    void begin() {
        stage.account().scheduled(due);
        stage.account().started(begunAt - due);
        stage.watch().startDelay(begunAt - due);
        stage.links().take(this, begunAt);
    }

    Link userLink() {
        return user.link();
    }

    long sentAt() {
        return sentAt;
    }

    /// Sends it over `given`, which is opened first where it is not open; it is `now`.
    void use(Link given, long now) {
        link = given;
        usedAt = now;
        if (given.open()) {
            send(given, now);
        } else {
            given.connect().onComplete(_ -> connected(given), _ -> refused());
        }
    }

    private void connected(Link given) {
        long now = stage.clock().nanos();
        connect = now - usedAt;
        if (given.open()) {
            send(given, now);
        } else {
            refused(); // closed again at once
        }
    }

    private void refused() {
        long now = stage.clock().nanos();
        connect = now - usedAt;
        sentAt = now;
        index = stage.account().sent(now);
        end(Outcome.CONNECT_ERROR, now);
    }

    private void send(Link given, long now) {
        sent = true;
        sentAt = now;
        index = stage.account().sent(now);
        step.inFlight().add(this);
        given.connection().request(step.options()).onComplete(this::write, this::broken);
    }

    private void write(HttpClientRequest request) {
        request.putHeader(TRACE_PARENT, stage.trace().of(index));
        answerTo(request).onComplete(this::answered, this::broken);
    }

    private Future<HttpClientResponse> answerTo(HttpClientRequest request) {
        return step.body().length() == 0 ? request.send() : request.send(step.body());
    }

    private void answered(HttpClientResponse response) {
        if (ended) {
            return;
        }
        firstByteAt = stage.clock().nanos();
        status = response.statusCode();
        closing = response.headers().contains(HttpHeaders.CONNECTION, CLOSE, true);
        response.exceptionHandler(this::broken);
        response.handler(this::received);
        response.endHandler(_ -> complete());
    }

    private void received(Buffer piece) {
        bytesIn += piece.length();
        if (!step.search().trivial()) {
            searchState = step.search().after(searchState, piece.getBytes());
        }
    }

    private void complete() {
        end(step.judge(status, searchState), stage.clock().nanos());
    }

    private void broken(Throwable cause) {
        closing = true;
        end(Outcome.RESET, stage.clock().nanos());
    }

    /// Ends it because its time is over.
    void timedOut(long now) {
        closing = true;
        end(Outcome.TIMEOUT, now);
    }

    /// Ends it because the generator ends.
    void abort(long now) {
        closing = true;
        end(Outcome.ABORTED, now);
    }

    /// Counts it as dropped; it must not have a connection.
    void drop() {
        ended = true;
        stage.account().dropped(due);
    }

    private void end(Outcome outcome, long now) {
        if (ended) {
            return;
        }
        ended = true;
        if (sent) {
            step.inFlight().remove(this);
        }
        long sequence = stage.account().completed(now);
        stage.outbox().request(timing(sequence, outcome, now));
        var used = link;
        if (used != null) {
            if (closing) {
                used.discard();
            }
            stage.links().giveBack(used, now);
        }
        user.ended(now, outcome);
    }

    private RequestTiming timing(long sequence, Outcome outcome, long now) {
        long dueMicros = due / 1000;
        long sentMicros = sentAt / 1000;
        long endedMicros = now / 1000;
        return new RequestTiming(
                sequence,
                index,
                stage.schedule().phase(due),
                step.request(),
                user.number(),
                0,
                endedMicros,
                endedMicros - dueMicros,
                sentMicros - dueMicros,
                (int) ((usedAt - begunAt) / 1000),
                (int) (connect / 1000),
                0,
                firstByteAt == 0 ? 0 : firstByteAt / 1000 - sentMicros,
                outcome,
                status,
                step.body().length(),
                (int) Math.min(Integer.MAX_VALUE, bytesIn),
                Optional.empty());
    }
}
