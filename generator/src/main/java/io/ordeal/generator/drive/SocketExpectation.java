package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;

/// The wait for a message over a user's WebSocket that passes the step's check. Belongs to one event loop.
final class SocketExpectation extends Attempt implements Session.Listener {
    SocketExpectation(Stage stage, User user, PreparedStep step, long due, long now) {
        super(stage, user, step, due, now);
    }

    @Override
    void start(long now) {
        got(now);
        sent(now);
        // after what is at hand: a user who never waits must not keep the event loop
        stage().sessions().dialer().later(() -> {
            if (!ended()) {
                user().session().listen(this);
            }
        });
    }

    @Override
    public boolean message(byte[] message) {
        long now = stage().clock().nanos();
        var finding = step().looked(message, now - sentAt());
        if (finding.outcome() != Outcome.OK) {
            return false;
        }
        answered(0, now);
        user().found(finding.values());
        if (!finding.measures().isEmpty()) {
            measured(finding.measures());
        }
        read(message.length);
        end(Outcome.OK, false, now);
        return true;
    }

    @Override
    public void gone() {
        end(Outcome.RESET, true, stage().clock().nanos());
    }

    @Override
    void release(boolean broken, long now) {
        user().session().ignore(this);
    }
}
