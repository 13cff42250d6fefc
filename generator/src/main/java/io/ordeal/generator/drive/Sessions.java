package io.ordeal.generator.drive;

import java.util.ArrayList;
import java.util.List;

/// The WebSockets of a segment's users. Belongs to one event loop.
final class Sessions {
    private final Dialer dialer;
    private final List<Session> sessions = new ArrayList<>();

    Sessions(Dialer dialer) {
        this.dialer = dialer;
    }

    /// Returns what opens connections for them.
    Dialer dialer() {
        return dialer;
    }

    /// Returns the session of a user who had none.
    Session forUser() {
        var session = new Session();
        sessions.add(session);
        return session;
    }

    /// Drops every WebSocket in the same instant; who had one opens another at once.
    void storm() {
        sessions.forEach(Session::storm);
    }

    /// Drops every WebSocket, for good.
    void close() {
        sessions.forEach(Session::drop);
        dialer.close();
    }
}
