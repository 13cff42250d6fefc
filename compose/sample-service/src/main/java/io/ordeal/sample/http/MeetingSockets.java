package io.ordeal.sample.http;

import io.ordeal.sample.store.Meetings;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The WebSockets of the meetings. A socket gets the meeting's state first and then every change; a client that lost
/// its socket is in step again as soon as it has a new one. One that reads too slowly is closed.
final class MeetingSockets {

    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;

    private final Map<String, Set<ServerWebSocket>> byMeeting = new HashMap<>();
    private int open;

    /// How many are open.
    int open() {
        return open;
    }

    /// Takes a new socket of `user` to a meeting.
    void add(ServerWebSocket socket, Meetings.Meeting meeting, String user) {
        byMeeting.computeIfAbsent(meeting.id(), _ -> new LinkedHashSet<>()).add(socket);
        open++;
        socket.closeHandler(_ -> remove(socket, meeting.id()));
        socket.exceptionHandler(_ -> {});
        socket.textMessageHandler(text -> received(socket, meeting.id(), user, text));
        send(socket, state(meeting).encode());
    }

    private void remove(ServerWebSocket socket, String meeting) {
        Set<ServerWebSocket> sockets = byMeeting.get(meeting);
        if (sockets != null && sockets.remove(socket)) {
            open--;
            if (sockets.isEmpty()) {
                byMeeting.remove(meeting);
            }
        }
    }

    private void received(ServerWebSocket socket, String meeting, String user, String text) {
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException _) {
            send(socket, problem("a message is a JSON object"));
            return;
        }
        switch (message.getValue("type") instanceof String type ? type : "") {
            case "ping" ->
                send(
                        socket,
                        new JsonObject()
                                .put("type", "pong")
                                .put("at", message.getValue("at"))
                                .encode());
            case "message" ->
                broadcast(
                        meeting,
                        new JsonObject()
                                .put("type", "message")
                                .put("from", user)
                                .put("text", message.getValue("text")));
            default -> send(socket, problem("type: give ping or message"));
        }
    }

    /// Sends a message to all sockets of a meeting.
    void broadcast(String meeting, JsonObject message) {
        String text = message.encode();
        // A copy, because a socket that is closed for being slow leaves the set.
        for (ServerWebSocket socket : List.copyOf(byMeeting.getOrDefault(meeting, Set.of()))) {
            send(socket, text);
        }
    }

    /// Closes all, because the service stops.
    void closeAll() {
        List<ServerWebSocket> all = new ArrayList<>();
        byMeeting.values().forEach(all::addAll);
        all.forEach(socket -> {
            var _ = socket.close(GOING_AWAY, "the service stops");
        });
    }

    private static void send(ServerWebSocket socket, String text) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            var _ = socket.close(POLICY, "reads too slowly");
        } else {
            var _ = socket.writeTextMessage(text);
        }
    }

    private static String problem(String text) {
        return new JsonObject().put("type", "error").put("error", text).encode();
    }

    private static JsonObject state(Meetings.Meeting meeting) {
        return new JsonObject()
                .put("type", "state")
                .put("meeting", meeting.id())
                .put("version", meeting.version())
                .put("participants", new JsonArray(meeting.participants()));
    }
}
