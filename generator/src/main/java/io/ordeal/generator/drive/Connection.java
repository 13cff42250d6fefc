package io.ordeal.generator.drive;

import io.vertx.core.http.HttpClientConnection;
import java.util.Optional;

/// An open connection and how far it is used. One that is retired begins no more requests and is closed when those
/// that it carries have ended. Belongs to one event loop.
final class Connection {
    private final HttpClientConnection http;
    private final Optional<Shortcut> shortcut;
    private int begun;
    private int busy;
    private boolean retired;

    /// Has carried nothing yet.
    ///
    /// @param shortcut the short way past the client, where there is one
    Connection(HttpClientConnection http, Optional<Shortcut> shortcut) {
        this.http = http;
        this.shortcut = shortcut;
    }

    HttpClientConnection http() {
        return http;
    }

    /// Returns its short way; only where [Dialer#direct] holds.
    Shortcut shortcut() {
        return shortcut.orElseThrow();
    }

    /// Returns how many requests it has begun.
    int begun() {
        return begun;
    }

    /// Whether it begins no more requests.
    boolean retired() {
        return retired;
    }

    /// Notes that it carries one more request.
    void begin() {
        begun++;
        busy++;
    }

    /// Notes that it carries one request less.
    void end() {
        busy--;
        if (retired && busy == 0) {
            close();
        }
    }

    /// Keeps it from further requests.
    void retire() {
        retired = true;
        if (busy == 0) {
            close();
        }
    }

    /// Closes it, whatever it carries.
    void close() {
        var _ = http.close();
    }
}
