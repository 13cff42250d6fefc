package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;

/// A message that a user sends over its WebSocket; over when the system has taken it. Belongs to one event loop.
final class SocketMessage extends Attempt {
    SocketMessage(Stage stage, User user, PreparedStep step, long due, long now) {
        super(stage, user, step, due, now);
    }

    @Override
    void start(long now) {
        got(now);
        var text = user().outgoing().body().getBytes();
        sent(now);
        if (user().session().open()) {
            wrote(text.length);
        }
        user().session().send(text).onComplete(_ -> over(Outcome.OK), _ -> over(Outcome.RESET));
    }

    /// Ends it after what is at hand: a user who never waits must not keep the event loop.
    private void over(Outcome outcome) {
        stage().sessions()
                .dialer()
                .later(() -> end(outcome, outcome != Outcome.OK, stage().clock().nanos()));
    }

    @Override
    void release(boolean broken, long now) {
        // the WebSocket stays with its user
    }
}
