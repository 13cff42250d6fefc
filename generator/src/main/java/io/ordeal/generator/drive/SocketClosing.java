package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.StepKind;

/// The end of a user's WebSocket: in order, when the service has agreed, or broken off. Belongs to one event loop.
final class SocketClosing extends Attempt {
    private final StepKind kind;

    SocketClosing(Stage stage, User user, PreparedStep step, StepKind kind, long due, long now) {
        super(stage, user, step, due, now);
        this.kind = kind;
    }

    @Override
    void start(long now) {
        got(now);
        sent(now);
        if (kind == StepKind.DROP) {
            user().session().drop();
            over(Outcome.OK);
        } else {
            user().session().close().onComplete(_ -> over(Outcome.OK), _ -> over(Outcome.RESET));
        }
    }

    /// Ends it after what is at hand: a user who never waits must not keep the event loop.
    private void over(Outcome outcome) {
        stage().sessions()
                .dialer()
                .later(() -> end(outcome, outcome != Outcome.OK, stage().clock().nanos()));
    }

    @Override
    void release(boolean broken, long now) {
        if (broken) {
            user().session().drop();
        }
    }
}
