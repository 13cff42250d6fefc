package io.ordeal.generator.drive;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The WebSocket of one user: at most one is open at a time. Messages that come before anybody waits for them are kept,
/// the latest of them. Pings are answered. Belongs to one event loop.
///
/// ```
///   closed --(opened)--> open --(closed in order, dropped, or gone)--> closed
///                         open --(storm)--> reopening --(opened, or not)--> open, or closed
/// ```
final class Session {
    private static final int KEPT = 1000;
    private static final int NORMAL = 1000;

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private @Nullable NetSocketInternal socket;
    private @Nullable Listener listener;
    private @Nullable Promise<Void> closing;
    private @Nullable Promise<Void> reopening;
    private Runnable again = () -> {};

    /// Who waits for messages.
    interface Listener {
        /// Takes a message; returns whether it is content.
        boolean message(byte[] message);

        /// Says that no message will come any more.
        void gone();
    }

    boolean open() {
        return socket != null;
    }

    /// Goes on with `fresh`, over which whole messages come.
    ///
    /// @param reopen opens another in its place
    void opened(NetSocketInternal fresh, Runnable reopen) {
        socket = fresh;
        again = reopen;
        fresh.messageHandler(message -> received(fresh, message));
        fresh.closeHandler(_ -> gone(fresh));
        fresh.exceptionHandler(_ -> fresh.close());
        var waiting = reopening;
        reopening = null;
        if (waiting != null) {
            waiting.complete();
        }
    }

    /// Drops it if it is open, and opens another in the same instant: who listens or sends waits for that.
    void storm() {
        var present = socket;
        if (present != null && closing == null) {
            socket = null;
            reopening = Promise.promise();
            var _ = present.close();
            again.run();
        }
    }

    /// Says that it could not be opened again.
    void notReopened() {
        var waiting = reopening;
        if (waiting != null) {
            reopening = null;
            forgetSocket();
            waiting.fail("the WebSocket could not be opened again");
        }
    }

    private void received(NetSocketInternal from, Object message) {
        try {
            switch (message) {
                case TextWebSocketFrame text -> keep(bytes(text));
                case BinaryWebSocketFrame binary -> keep(bytes(binary));
                case PingWebSocketFrame ping ->
                    from.writeMessage(new PongWebSocketFrame(ping.content().retain()));
                case CloseWebSocketFrame close -> answerClose(from, close);
                default -> {
                    // a pong that nobody asked for
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static byte[] bytes(WebSocketFrame frame) {
        return ByteBufUtil.getBytes(frame.content());
    }

    private void keep(byte[] message) {
        var present = listener;
        if (present != null) {
            listener = null; // being content, it may go on to another that listens
            if (!present.message(message)) {
                listener = present;
            }
            return;
        }
        if (messages.size() == KEPT) {
            messages.poll();
        }
        messages.add(message);
    }

    private void answerClose(NetSocketInternal from, CloseWebSocketFrame close) {
        if (closing == null) {
            var _ = from.writeMessage(
                    new CloseWebSocketFrame(true, 0, close.content().retain()));
        }
        var _ = from.close();
        gone(from);
    }

    private void gone(NetSocketInternal closed) {
        if (Objects.equals(socket, closed)) {
            forgetSocket();
        }
    }

    private void forgetSocket() {
        socket = null;
        var left = closing;
        closing = null;
        if (left != null) {
            left.tryComplete();
        }
        var waiting = listener;
        listener = null;
        if (waiting != null) {
            waiting.gone();
        }
    }

    /// Sends `text`; fails when the WebSocket is not open.
    Future<Void> send(byte[] text) {
        var present = socket;
        var soon = reopening;
        if (soon != null) {
            return soon.future().compose(_ -> send(text));
        }
        return present == null
                ? Future.failedFuture("the WebSocket is not open")
                : present.writeMessage(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
    }

    /// Gives `waiting` the messages that were kept, and those that come, until it is content; those that it is not
    /// content with are forgotten.
    void listen(Listener waiting) {
        while (!messages.isEmpty()) {
            if (waiting.message(messages.remove())) {
                return;
            }
        }
        if (open() || reopening != null) {
            listener = waiting;
        } else {
            waiting.gone();
        }
    }

    /// Listens for `waiting` no longer.
    void ignore(Listener waiting) {
        if (Objects.equals(listener, waiting)) {
            listener = null;
        }
    }

    /// Closes it in order; the service has then closed it, too. Fails when it is not open.
    Future<Void> close() {
        var present = socket;
        if (present == null) {
            return Future.failedFuture("the WebSocket is not open");
        }
        var left = closing;
        if (left == null) {
            left = Promise.promise();
            closing = left;
            var _ = present.writeMessage(new CloseWebSocketFrame(NORMAL, ""));
        }
        return left.future();
    }

    /// Breaks the connection off if it is open, and forgets what came over it.
    void drop() {
        var present = socket;
        messages.clear();
        notReopened();
        if (present != null) {
            forgetSocket();
            var _ = present.close();
        }
    }
}
