package io.ordeal.generator.drive;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;

/// The WebSockets of [JettyServer]: says `welcome` to who comes, gives every text back, and knows some words: `bye`
/// closes, `thrice` is answered three times, `ping` with a ping, `silence` not at all.
public final class Rooms implements WebSocketCreator {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger pongs = new AtomicInteger();
    final List<String> traces = new CopyOnWriteArrayList<>();
    final List<Integer> closes = new CopyOnWriteArrayList<>();

    @Override
    public Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, org.eclipse.jetty.util.Callback callback) {
        traces.add(String.valueOf(request.getHeaders().get("traceparent")));
        return new Member();
    }

    public final class Member extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            opened.incrementAndGet();
            session.sendText("welcome", Callback.NOOP);
        }

        @Override
        public void onWebSocketText(String text) {
            var session = getSession();
            switch (text) {
                case "bye" -> session.close();
                case "silence" -> {}
                case "thrice" -> {
                    for (int i = 1; i <= 3; i++) {
                        session.sendText("answer " + i, Callback.NOOP);
                    }
                }
                case "ping" -> session.sendPing(java.nio.ByteBuffer.wrap(new byte[] {1, 2}), Callback.NOOP);
                default -> session.sendText("you said " + text, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketPong(java.nio.ByteBuffer payload) {
            pongs.incrementAndGet();
        }

        @Override
        public void onWebSocketClose(int code, String reason) {
            closes.add(code);
        }
    }
}
