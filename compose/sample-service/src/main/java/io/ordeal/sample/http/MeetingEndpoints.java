package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.store.Meetings;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// Meetings: made, listed, joined, left, watched over a WebSocket, and their network quality reported.
final class MeetingEndpoints {

    private static final int BOUND = 10_000;
    private static final int LIST = 20;
    private static final double GOOD_LOSS = 5;
    private static final double FAIR_LOSS = 30;

    private final Meetings meetings = new Meetings(BOUND);
    private final MeetingSockets sockets;

    MeetingEndpoints(MeetingSockets sockets) {
        this.sockets = sockets;
    }

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.MEETINGS_CREATE, this::create);
        endpoints.put(Operation.MEETINGS_LIST, this::list);
        endpoints.put(Operation.MEETINGS_GET, this::get);
        endpoints.put(Operation.MEETINGS_JOIN, this::join);
        endpoints.put(Operation.MEETINGS_LEAVE, this::leave);
        endpoints.put(Operation.MEETINGS_QUALITY, this::quality);
        endpoints.put(Operation.MEETINGS_SOCKET, this::socket);
    }

    private void create(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            String title = json.getValue("title") instanceof String text ? text : "meeting";
            exchange.answer(201, view(meetings.create(title)));
        });
    }

    private void list(Exchange exchange) {
        JsonArray list = new JsonArray();
        for (Meetings.Meeting meeting : meetings.newest(LIST)) {
            list.add(new JsonObject()
                    .put("id", meeting.id())
                    .put("title", meeting.title())
                    .put("participants", meeting.participants().size()));
        }
        exchange.answer(200, new JsonObject().put("meetings", list));
    }

    private void get(Exchange exchange) {
        meetings.find(exchange.id())
                .ifPresentOrElse(meeting -> exchange.answer(200, view(meeting)), () -> notFound(exchange));
    }

    private void join(Exchange exchange) {
        user(exchange).ifPresent(user -> changed(exchange, user, "joined", meetings.join(exchange.id(), user)));
    }

    private void leave(Exchange exchange) {
        user(exchange).ifPresent(user -> changed(exchange, user, "left", meetings.leave(exchange.id(), user)));
    }

    /// Who joins or leaves: `user` in the body, or who asks.
    private static Optional<String> user(Exchange exchange) {
        return exchange.json()
                .map(json -> json.getValue("user") instanceof String user && !user.isBlank() ? user : exchange.user());
    }

    private void changed(Exchange exchange, String user, String what, Meetings.Change change) {
        switch (change) {
            case Meetings.NotFound() -> notFound(exchange);
            case Meetings.Full() -> exchange.error(409, "the meeting is full");
            case Meetings.Done(String id, int participants, long version, boolean changed) -> {
                exchange.answer(
                        200,
                        new JsonObject()
                                .put("id", id)
                                .put("user", user)
                                .put("participants", participants)
                                .put("version", version));
                if (changed) {
                    sockets.broadcast(
                            id,
                            new JsonObject().put("type", what).put("user", user).put("version", version));
                }
            }
        }
    }

    private void quality(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            if (!meetings.exists(exchange.id())) {
                notFound(exchange);
            } else if (json.getValue("lossPercent", 0) instanceof Number number
                    && number.doubleValue() >= 0
                    && number.doubleValue() <= 100) {
                double loss = number.doubleValue();
                String grade = loss <= GOOD_LOSS ? "good" : loss <= FAIR_LOSS ? "fair" : "poor";
                exchange.answer(200, new JsonObject().put("quality", grade));
            } else {
                exchange.error(400, "lossPercent: give a number from 0 to 100");
            }
        });
    }

    private void socket(Exchange exchange) {
        if (!meetings.exists(exchange.id())) {
            notFound(exchange);
        } else if (!exchange.request().canUpgradeToWebSocket()) {
            exchange.header("Upgrade", "websocket");
            exchange.error(426, "this is a WebSocket");
        } else {
            String named = exchange.parameter("user");
            String user = named.isEmpty() ? exchange.user() : named;
            exchange.upgrade().onSuccess(socket -> opened(socket, exchange.id(), user));
        }
    }

    private void opened(ServerWebSocket socket, String id, String user) {
        meetings.find(id).ifPresent(meeting -> sockets.add(socket, meeting, user));
    }

    private static void notFound(Exchange exchange) {
        exchange.error(404, "no meeting " + exchange.id());
    }

    private static JsonObject view(Meetings.Meeting meeting) {
        return new JsonObject()
                .put("id", meeting.id())
                .put("title", meeting.title())
                .put("participants", new JsonArray(meeting.participants()))
                .put("version", meeting.version());
    }
}
