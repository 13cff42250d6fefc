package io.ordeal.generator.drive;

import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer, over a connection that is opened first where it is not open. Belongs to one event
/// loop.
abstract sealed class Exchange extends Attempt permits ClientExchange, ShortExchange {
    private @Nullable Link link;
    private @Nullable Connection connection;

    Exchange(Stage stage, User user, PreparedStep step, long due, long now) {
        super(stage, user, step, due, now);
    }

    @Override
    final void start(long now) {
        stage().links().take(this, now);
    }

    /// Sends it over `given`; it is `now`.
    final void use(Link given, long now) {
        link = given;
        got(now);
        if (given.open()) {
            send(given, now);
        } else {
            given.connect().onComplete(_ -> connected(given), cause -> unreachable(given, cause));
        }
    }

    private void unreachable(Link given, Throwable cause) {
        given.failed(cause);
        refused(stage().clock().nanos());
    }

    private void connected(Link given) {
        long now = stage().clock().nanos();
        if (given.open()) {
            connected(now, given.handshake());
            send(given, now);
        } else {
            refused(now); // closed again at once
        }
    }

    private void send(Link given, long now) {
        var used = given.begin();
        connection = used;
        send(used, sent(now));
    }

    /// Sends it over `used`.
    ///
    /// @param index its place in order of sending
    abstract void send(Connection used, long index);

    /// Ends what is still under way of it on a connection that goes on, because others use it.
    abstract void cancel();

    /// Whether the connection is closed after the answer, which HTTP/1.1 lets us say before.
    final boolean last() {
        var used = connection;
        var over = link;
        return used != null && used.retired() && over != null && !over.multiplexed();
    }

    /// Runs `task` after what the event loop has at hand.
    final void later(Runnable task) {
        var over = link;
        if (over != null) {
            over.later(task);
        }
    }

    @Override
    final void release(boolean broken, long now) {
        var used = link;
        if (used != null) {
            var over = connection;
            if (over != null) {
                if (broken && used.multiplexed()) {
                    cancel();
                }
                used.end(over, broken);
            }
            stage().links().giveBack(used, now);
        }
    }
}
