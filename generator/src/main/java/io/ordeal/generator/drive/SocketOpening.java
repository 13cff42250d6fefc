package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The opening of a user's WebSocket: connects, asks for the change of protocol, and has it when the service agrees.
/// One that is open is dropped before, unless a storm did it. Belongs to one event loop.
final class SocketOpening extends Attempt {
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");

    private @Nullable HttpClientConnection connection;

    private final Outgoing outgoing;
    private final boolean again;

    /// Makes the attempt.
    ///
    /// @param outgoing the request that asks for it
    /// @param again whether a storm is the reason, and not the user's next step
    SocketOpening(Stage stage, User user, PreparedStep step, Outgoing outgoing, boolean again, long due, long now) {
        super(stage, user, step, due, now);
        this.outgoing = outgoing;
        this.again = again;
    }

    @Override
    void start(long now) {
        if (!again) {
            user().session().drop();
        }
        got(now);
        stage().sessions().dialer().http().onComplete(this::connected, this::unreachable);
    }

    private void unreachable(Throwable cause) {
        stage().sessions().dialer().failed(cause);
        refused(stage().clock().nanos());
    }

    private void connected(HttpClientConnection opened) {
        long now = stage().clock().nanos();
        connection = opened;
        connected(now, stage().sessions().dialer().handshake(opened.localAddress()));
        long index = sent(now);
        var random = ThreadLocalRandom.current(); // the key must not be foreseen (RFC 6455, 10.3)
        var handshake = new Handshake(random.nextLong(), random.nextLong());
        var options = new RequestOptions(outgoing.options());
        handshake.ask(options);
        options.putHeader(TRACE_PARENT, stage().trace().of(index));
        opened.request(options)
                .compose(request -> request.connect())
                .onComplete(response -> answered(handshake, response), _ -> broken());
    }

    private void answered(Handshake handshake, HttpClientResponse response) {
        if (ended()) {
            return;
        }
        long now = stage().clock().nanos();
        answered(response.statusCode(), now);
        if (handshake.agreed(response)) {
            user().session().opened(response.netSocket(), this::reopen);
            connection = null; // it is the session's
            end(Outcome.OK, false, now);
        } else {
            end(response.statusCode() >= 400 ? Outcome.HTTP_ERROR : Outcome.INVALID, true, now);
        }
    }

    private void reopen() {
        long now = stage().clock().nanos();
        new SocketOpening(stage(), user(), step(), outgoing, true, now, now).begin();
    }

    @Override
    void over(Outcome outcome, long now) {
        if (!again) {
            super.over(outcome, now);
        } else if (outcome != Outcome.OK) {
            user().session().notReopened();
        }
    }

    private void broken() {
        end(Outcome.RESET, true, stage().clock().nanos());
    }

    @Override
    void release(boolean broken, long now) {
        var present = connection;
        if (present != null) {
            var _ = present.close();
        }
    }
}
