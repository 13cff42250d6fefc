package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Future;

/// A stage that holds bytes, and the end of the stream, until their time has come.
abstract class QueueStage extends Stage {
    /// A time that does not come.
    static final long NEVER = Long.MAX_VALUE;

    /// Other connections on the loop want to get on, too.
    private static final int MOST_AT_ONCE = 256;

    private final ArrayDeque<Held> queue = new ArrayDeque<>();
    private Optional<Future<?>> timer = Optional.empty();
    private long lastDue = System.nanoTime();
    private boolean released;

    /// Bytes, or the end of the stream.
    ///
    /// @param arrived when they came, on the clock of [System#nanoTime]
    /// @param due before when they must not pass
    record Held(Optional<ByteBuf> bytes, long arrived, long due) {}

    QueueStage(Lane lane) {
        super(lane);
    }

    QueueStage(String name, Lane lane) {
        super(name, lane);
    }

    @Override
    public void take(ByteBuf bytes) {
        hold(Optional.of(bytes), delay(false, System.nanoTime()));
    }

    @Override
    public void end() {
        hold(Optional.empty(), delay(true, System.nanoTime()));
    }

    /// Returns how long what arrives at `now` has to wait, nanoseconds.
    long delay(boolean end, long now) {
        return 0;
    }

    /// Returns how many of the bytes at the head pass next, at least one.
    int piece(ByteBuf head, long now) {
        return head.readableBytes();
    }

    /// Returns when the next piece may pass, or [#NEVER].
    long passesAt(Held head, int piece, long now) {
        return head.due();
    }

    /// Notes that a piece has passed.
    ///
    /// @param at when it was to
    void passed(long at) {
        // for those that pace
    }

    final void hold(Optional<ByteBuf> bytes, long delay) {
        if (lane().ended()) {
            bytes.ifPresent(ByteBuf::release);
            return;
        }
        long now = System.nanoTime();
        long due = now + delay;
        lastDue = due - lastDue > 0 ? due : lastDue;
        lane().hold(bytes.map(ByteBuf::readableBytes).orElse(0));
        queue.add(new Held(bytes, now, lastDue));
        drain();
    }

    /// Passes what may pass now, and sees to it that the rest passes in time.
    final void drain() {
        for (int pieces = 0; !queue.isEmpty(); pieces++) {
            long now = System.nanoTime();
            if (pieces == MOST_AT_ONCE && !released) {
                wakeAt(now, now);
                return;
            }
            var head = queue.element();
            int piece = head.bytes().map(bytes -> piece(bytes, now)).orElse(0);
            long at = released ? now : passesAt(head, piece, now);
            if (at == NEVER) {
                return;
            }
            if (at - now > 0) {
                wakeAt(at, now);
                return;
            }
            passed(at);
            pass(head, piece);
        }
    }

    /// Has new times for all that is held, as if it had just arrived under the rules that hold now.
    final void redo() {
        lastDue = System.nanoTime();
        int count = queue.size();
        for (int i = 0; i < count; i++) {
            var held = queue.remove();
            long due = held.arrived() + delay(held.bytes().isEmpty(), held.arrived());
            lastDue = due - lastDue > 0 ? due : lastDue;
            queue.add(new Held(held.bytes(), held.arrived(), lastDue));
        }
        cancelTimer();
        drain();
    }

    @Override
    void release() {
        released = true;
        cancelTimer();
        drain();
    }

    @Override
    void discard() {
        cancelTimer();
        for (var held : queue) {
            held.bytes().ifPresent(ByteBuf::release);
        }
        queue.clear();
    }

    private void pass(Held head, int piece) {
        if (head.bytes().isEmpty()) {
            queue.remove();
            next().end();
            return;
        }
        var bytes = head.bytes().get();
        lane().letGo(piece);
        if (piece == bytes.readableBytes()) {
            queue.remove();
            next().take(bytes);
        } else {
            next().take(bytes.readRetainedSlice(piece));
        }
    }

    private void wakeAt(long time, long now) {
        if (timer.isEmpty()) {
            timer = Optional.of(lane().later(time - now, this::wake));
        }
    }

    private void wake() {
        timer = Optional.empty();
        drain();
    }

    private void cancelTimer() {
        timer.ifPresent(pending -> pending.cancel(false));
        timer = Optional.empty();
    }
}
