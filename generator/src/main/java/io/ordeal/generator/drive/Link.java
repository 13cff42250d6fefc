package io.ordeal.generator.drive;

import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The place of one connection to the service: it is opened when needed, and opened again after it broke or has had its
/// share of requests. Carries one request at a time, or as many streams as it is asked to where connections are
/// multiplexed. Belongs to one event loop.
final class Link {
    private final Dialer dialer;
    private final int churn;
    private @Nullable Connection connection;
    private @Nullable Future<Connection> opening;
    private long handshake;

    /// Has nothing open yet.
    ///
    /// @param churn requests after which a connection is closed; 0: it is kept
    Link(Dialer dialer, int churn) {
        this.dialer = dialer;
        this.churn = churn;
    }

    boolean open() {
        return connection != null;
    }

    /// Whether several requests may be under way at once.
    boolean multiplexed() {
        return dialer.multiplexed();
    }

    /// Returns how long the TLS handshake of the latest connection took, in nanoseconds.
    long handshake() {
        return handshake;
    }

    /// Opens the connection, or waits for it with all others who asked.
    Future<Connection> connect() {
        var pending = opening;
        if (pending == null) {
            // Whoever asked is told after `opening` is forgotten, so that a failure can be followed by another try.
            pending = dialer.http().onComplete(_ -> opening = null).map(http -> {
                handshake = dialer.handshake(http.localAddress());
                var fresh = new Connection(http, dialer.shortcut(http.localAddress()));
                connection = fresh;
                http.closeHandler(_ -> gone(fresh));
                if (dialer.multiplexed()) {
                    http.goAwayHandler(_ -> away(fresh));
                }
                return fresh;
            });
            opening = pending.isComplete() ? null : pending;
        }
        return pending;
    }

    /// Returns the connection, which must be open, for one more request.
    Connection begin() {
        var present = connection;
        if (present == null) {
            throw new IllegalStateException("the connection is not open");
        }
        present.begin();
        if (present.begun() == churn) {
            connection = null;
            present.retire();
        }
        return present;
    }

    /// Runs `task` after what the event loop has at hand.
    void later(Runnable task) {
        dialer.later(task);
    }

    /// Says why it could not be opened, once for each reason.
    void failed(Throwable cause) {
        dialer.failed(cause);
    }

    private void gone(Connection closed) {
        if (Objects.equals(connection, closed)) {
            connection = null;
        }
    }

    private void away(Connection left) {
        gone(left);
        left.retire();
    }

    /// Takes the end of a request on `used`; `broken` when the connection cannot be used again.
    void end(Connection used, boolean broken) {
        if (broken && !dialer.multiplexed()) {
            gone(used);
            used.close();
        }
        used.end();
    }

    /// Drops the connection, at once or after the answers that it carries, and opens another in the same instant.
    void drop() {
        var present = connection;
        if (present != null) {
            connection = null;
            present.retire();
            var _ = connect(); // who needs it next waits for it, and tells of its failure
        }
    }

    /// Closes the connection; the next request opens another.
    void discard() {
        var present = connection;
        connection = null;
        if (present != null) {
            present.close();
        }
    }
}
