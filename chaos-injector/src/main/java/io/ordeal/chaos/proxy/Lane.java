package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// One direction of a connection: bytes go from the source to the sink in order, at once or as its rules say.
///
/// Every method runs on the event loop that both channels share. What is held back is bounded: the source is not read
/// while there is too much of it, while nothing may pass, or while the sink takes no more.
final class Lane {
    private static final long HELD_PLAIN = 64 << 10;
    private static final long HELD_LATENCY = 4 << 20;
    private static final long HELD_BY_ALL = 64 << 20;
    /// A throttled lane passes bytes this many times a second.
    private static final long PIECES_PER_SECOND = 50;

    private final Channel source;
    private final Channel sink;
    private final AtomicLong heldByAll;
    private final SplittableRandom random;
    private final BooleanSupplier closing;
    private final ArrayDeque<Held> queue = new ArrayDeque<>();
    private LaneRules rules;
    private Optional<Future<?>> timer = Optional.empty();
    private long held;
    private long lastDue;
    private long freeAt;
    private boolean connected;
    private boolean unflushed;
    private boolean ended;
    private boolean passed;

    /// Bytes, or the end of the stream, with the time at which it may pass.
    private record Held(Optional<ByteBuf> bytes, long due) {}

    /// @param heldByAll counts what all lanes of the proxy hold
    /// @param closing called once, after the end of the stream has passed; whether that closes the connection
    Lane(Channel source, Channel sink, LaneRules rules, AtomicLong heldByAll, long seed, BooleanSupplier closing) {
        this.source = source;
        this.sink = sink;
        this.rules = rules;
        this.heldByAll = heldByAll;
        this.random = new SplittableRandom(seed);
        this.closing = closing;
        this.lastDue = System.nanoTime();
        this.freeAt = lastDue;
    }

    /// Both channels are connected: bytes may pass.
    void connected() {
        connected = true;
        drain();
    }

    /// Takes `bytes` that the source has sent.
    void read(ByteBuf bytes) {
        if (queue.isEmpty() && connected && rules.passive()) {
            var _ = sink.write(bytes, sink.voidPromise());
            unflushed = true;
        } else {
            hold(Optional.of(bytes));
        }
    }

    /// The source has sent all that it had for now.
    void readComplete() {
        if (unflushed) {
            unflushed = false;
            sink.flush();
        }
    }

    /// The source has ended its stream.
    void end() {
        if (!ended) {
            hold(Optional.empty());
        }
    }

    /// Obeys `next` from now on. What is held for a delay that is no more passes at once.
    void shape(LaneRules next) {
        if (next.equals(rules)) {
            return;
        }
        boolean delayed = next.latencyNanos() > 0 || next.jitterNanos() > 0;
        rules = next;
        long now = System.nanoTime();
        freeAt = now;
        if (!delayed) {
            lastDue = now;
            int count = queue.size();
            for (int i = 0; i < count; i++) {
                queue.add(new Held(queue.remove().bytes(), now));
            }
        }
        timer.ifPresent(pending -> pending.cancel(false));
        timer = Optional.empty();
        drain();
    }

    /// Passes what may pass now, and sees to it that the rest passes in time.
    void drain() {
        boolean wrote = false;
        while (!queue.isEmpty() && open()) {
            long now = System.nanoTime();
            var head = queue.element();
            if (head.due() - now > 0) {
                wakeAt(head.due(), now);
                break;
            }
            if (head.bytes().isEmpty()) {
                queue.remove();
                finish();
                break;
            }
            long passedAt = pass(head.bytes().get(), head.due(), now);
            if (passedAt - now > 0) {
                wakeAt(passedAt, now);
                break;
            }
            wrote = true;
        }
        if (wrote) {
            sink.flush();
        }
        regulate();
    }

    /// Reads the source or leaves it alone.
    void regulate() {
        boolean read = open() && held <= limit();
        if (source.config().isAutoRead() != read) {
            source.config().setAutoRead(read);
        }
    }

    /// Lets go of everything held; nothing passes any more.
    void discard() {
        timer.ifPresent(pending -> pending.cancel(false));
        ended = true;
        heldByAll.addAndGet(-held);
        held = 0;
        for (var item : queue) {
            item.bytes().ifPresent(ByteBuf::release);
        }
        queue.clear();
    }

    /// Whether the end of the stream has passed.
    boolean passed() {
        return passed;
    }

    /// Writes the head of the queue, or its next piece, and returns when its last byte may pass; writes nothing where
    /// that is after `now`.
    private long pass(ByteBuf bytes, long due, long now) {
        long rate = rules.rateAt(now);
        int length = bytes.readableBytes();
        int piece = rate == 0 ? length : (int) Math.min(length, Math.max(1, rate / PIECES_PER_SECOND));
        if (rate > 0) {
            long start = freeAt - due > 0 ? freeAt : due;
            long passedAt = start + (long) (piece * 1e9 / rate);
            if (passedAt - now > 0) {
                return passedAt;
            }
            freeAt = passedAt;
        }
        if (piece == length) {
            queue.remove();
            var _ = sink.write(bytes, sink.voidPromise());
        } else {
            var _ = sink.write(bytes.readRetainedSlice(piece), sink.voidPromise());
        }
        held -= piece;
        heldByAll.addAndGet(-piece);
        return now;
    }

    private void hold(Optional<ByteBuf> bytes) {
        if (ended) {
            bytes.ifPresent(ByteBuf::release);
            return;
        }
        long now = System.nanoTime();
        long due = now + rules.delay(now, random);
        lastDue = due - lastDue > 0 ? due : lastDue;
        int length = bytes.map(ByteBuf::readableBytes).orElse(0);
        held += length;
        heldByAll.addAndGet(length);
        queue.add(new Held(bytes, lastDue));
        drain();
    }

    /// Ends the sink's stream behind the last byte: Netty drops what is still unwritten when an output is shut down.
    private void finish() {
        ended = true;
        var _ = sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            passed = true;
            if (!closing.getAsBoolean() && sink instanceof DuplexChannel duplex) {
                var _ = duplex.shutdownOutput();
            }
        });
    }

    private boolean open() {
        return connected && !rules.closed() && sink.isWritable();
    }

    private long limit() {
        boolean roomy = rules.latencyNanos() > 0 && heldByAll.get() < HELD_BY_ALL;
        return roomy ? HELD_LATENCY : HELD_PLAIN;
    }

    private void wakeAt(long time, long now) {
        if (timer.isEmpty()) {
            timer = Optional.of(source.eventLoop().schedule(this::wake, time - now, TimeUnit.NANOSECONDS));
        }
    }

    private void wake() {
        timer = Optional.empty();
        drain();
    }
}
