package io.ordeal.generator.drive;

import io.ordeal.generator.user.Answer;
import io.ordeal.generator.user.Body;
import io.ordeal.generator.user.RetryPolicy;
import io.ordeal.schemas.load.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer by way of the HTTP client: any version, with everything that a step can ask for.
/// Belongs to one event loop.
final class ClientExchange extends Exchange {
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");
    private static final CharSequence CLOSE = HttpHeaders.CLOSE;
    private static final long CANCEL = 8; // RFC 9113, 7

    private final Outgoing outgoing;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private @Nullable Body body;
    private long index;
    private @Nullable EventMeter events;
    private int searchState;
    private boolean closing;

    ClientExchange(Stage stage, User user, PreparedStep step, long due, long now) {
        super(stage, user, step, due, now);
        this.outgoing = user.outgoing();
    }

    @Override
    void send(Connection used, long sentAs) {
        index = sentAs;
        used.http().request(outgoing.options()).onComplete(this::write, this::broken);
    }

    private void write(HttpClientRequest fresh) {
        request = fresh;
        fresh.putHeader(TRACE_PARENT, stage().trace().of(index));
        if (user().keepsCookies()) {
            addCookies(fresh);
        }
        if (last()) {
            fresh.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        answerTo(fresh).onComplete(this::answered, this::broken);
    }

    private Future<HttpClientResponse> answerTo(HttpClientRequest fresh) {
        wrote(outgoing.body().length());
        return outgoing.body().length() == 0 ? fresh.send() : fresh.send(outgoing.body());
    }

    private void answered(HttpClientResponse answer) {
        if (ended()) {
            return;
        }
        response = answer;
        answered(answer.statusCode(), stage().clock().nanos());
        closing = answer.headers().contains(HttpHeaders.CONNECTION, CLOSE, true);
        if (user().keepsCookies()) {
            keepCookies(answer);
        }
        body = step().inspection().readsBody() ? new Body() : null;
        events = step().meter(sentAt());
        answer.exceptionHandler(this::broken);
        answer.handler(this::received);
        answer.endHandler(_ -> complete(false));
    }

    private void addCookies(HttpClientRequest fresh) {
        if (!fresh.headers().contains(HttpHeaders.COOKIE)) {
            user().cookies()
                    .header(outgoing.options().getURI(), stage().clock().nanos())
                    .ifPresent(cookies -> fresh.putHeader(HttpHeaders.COOKIE, cookies));
        }
    }

    private void keepCookies(HttpClientResponse answer) {
        if (answer.headers().contains(HttpHeaders.SET_COOKIE)) {
            var values = answer.headers().getAll(HttpHeaders.SET_COOKIE);
            user().cookies()
                    .take(values, outgoing.options().getURI(), stage().clock().nanos());
        }
    }

    private void received(Buffer piece) {
        read(piece.length());
        if (body != null) {
            body.add(piece.getBytes());
        } else if (!step().search().trivial()) {
            searchState = step().search().after(searchState, piece.getBytes());
        }
        var meter = events;
        if (meter != null && !meter.ended()) {
            meter.read(piece.getBytes(), stage().clock().nanos());
            if (meter.ended()) { // what is left of the answer may have come in the same turn
                later(() -> complete(true));
            }
        }
    }

    /// Ends it with the answer read so far; `cut` when the service has not ended it.
    private void complete(boolean cut) {
        if (ended()) {
            return; // its user may be at another step by now
        }
        long now = stage().clock().nanos();
        if (step().retry().isPresent() && step().retry().get().asksAnswer()) {
            header("retry-after")
                    .map(value -> RetryPolicy.asked(value, Instant.ofEpochSecond(0, now)))
                    .ifPresent(user()::askedToWait);
        }
        var meter = events;
        var outcome = step().inspection().plain() ? step().judge(status(), searchState) : inspected(now);
        if (meter != null) {
            measured(meter.measures());
            outcome = outcome == Outcome.OK && !meter.whole() ? Outcome.INVALID : outcome;
        }
        end(outcome, cut || closing, now);
    }

    private Outcome inspected(long now) {
        var answer = new Answer(status(), this::header, Optional.ofNullable(body), bytesIn(), now - sentAt());
        var finding = step().inspection().of(answer);
        if (!finding.measures().isEmpty()) {
            measured(finding.measures());
        }
        user().found(finding.values());
        return finding.outcome();
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(response).map(answer -> answer.getHeader(name));
    }

    private void broken(Throwable cause) {
        end(Outcome.RESET, true, stage().clock().nanos());
    }

    /// Ends the stream, and leaves the others of its connection alone.
    @Override
    void cancel() {
        var under = request;
        if (under != null) {
            under.reset(CANCEL);
        }
    }
}
