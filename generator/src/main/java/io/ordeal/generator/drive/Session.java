package io.ordeal.generator.drive;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final String NOT_OPEN = "the WebSocket is not open";
    private static final byte[] NORMAL = {0x03, (byte) 0xE8}; // 1000, RFC 6455, 7.4.1

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private @Nullable NetSocket socket;
    private @Nullable Listener listener;
    private @Nullable Promise<Void> closing;
    private @Nullable Promise<Void> reopening;
    private @Nullable Promise<Void> draining;
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
    void opened(NetSocket fresh, Runnable reopen) {
        socket = fresh;
        again = reopen;
        var parser = new FrameParser(new Frames(fresh));
        fresh.handler(piece -> {
            parser.read(piece.getBytes());
            if (parser.broken().isPresent()) {
                var _ = fresh.close();
            }
        });
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

    /// What to do with what comes over one socket.
    private final class Frames implements FrameParser.Sink {
        private final NetSocket from;

        Frames(NetSocket from) {
            this.from = from;
        }

        @Override
        public void message(byte[] message) {
            if (Objects.equals(socket, from)) {
                keep(message);
            }
        }

        @Override
        public void control(int opcode, byte[] payload) {
            if (opcode == Frame.PING) {
                write(from, Frame.PONG, payload);
            } else if (opcode == Frame.CLOSE) {
                if (closing == null) {
                    write(from, Frame.CLOSE, payload);
                }
                gone(from);
                var _ = from.close();
            }
        }
    }

    /// What Vert.x says of a write over a connection that was upgraded never comes: the queue is all there is to ask.
    private static void write(NetSocket to, int opcode, byte[] payload) {
        var _ = to.write(Buffer.buffer(
                Frame.of(opcode, payload, ThreadLocalRandom.current().nextInt())));
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

    private void gone(NetSocket closed) {
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
        var sending = draining;
        draining = null;
        if (sending != null) {
            sending.tryFail(NOT_OPEN);
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
        if (present == null) {
            return Future.failedFuture(NOT_OPEN);
        }
        write(present, Frame.TEXT, text);
        return present.writeQueueFull() ? drained(present) : Future.succeededFuture();
    }

    private Future<Void> drained(NetSocket full) {
        Promise<Void> drained = Promise.promise();
        draining = drained;
        full.drainHandler(_ -> drained.tryComplete());
        return drained.future();
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
        var soon = reopening;
        if (soon != null) {
            return soon.future().compose(_ -> close());
        }
        var present = socket;
        if (present == null) {
            return Future.failedFuture(NOT_OPEN);
        }
        var left = closing;
        if (left == null) {
            left = Promise.promise();
            closing = left;
            write(present, Frame.CLOSE, NORMAL);
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
