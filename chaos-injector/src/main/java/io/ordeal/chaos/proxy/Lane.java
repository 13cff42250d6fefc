package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One direction of a connection: bytes go from the source to the sink in order, through a chain of stages. Without
/// a stage they go at once.
///
/// Every method runs on the event loop that both channels share. What is held back is bounded: the source is not
/// read while there is too much of it, or while the sink takes no more.
final class Lane {
    private static final long HELD_PLAIN = 64 << 10;
    private static final long HELD_WHILE_TIME_PASSES = 4 << 20;
    private static final long HELD_BY_ALL = 64 << 20;

    private final Channel source;
    private final Channel sink;
    private final AtomicLong heldByAll;
    private final Traffic traffic;
    private final long number;
    private final Ends ends;
    private final Outlet exit = new Exit();
    private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
    private List<Stage> stages = List.of();
    private Outlet entry = exit;
    private long held;
    private long taken;
    private long given;
    private boolean connected;
    private boolean unflushed;
    private boolean sourceEnded;
    private boolean ended;
    private boolean passed;

    /// What a lane does to its connection.
    interface Ends {
        /// The end of the stream has passed; returns whether that closes the connection.
        boolean ended();

        /// Closes both sides when what was passed on is out.
        void close();

        /// Resets both sides.
        void reset();
    }

    /// @param heldByAll counts what all lanes of the proxy hold
    /// @param traffic counts what passes in this direction through all lanes of the proxy
    /// @param number makes the random choices of this lane its own
    Lane(Channel source, Channel sink, AtomicLong heldByAll, Traffic traffic, long number, Ends ends) {
        this.source = source;
        this.sink = sink;
        this.heldByAll = heldByAll;
        this.traffic = traffic;
        this.number = number;
        this.ends = ends;
    }

    /// Both channels are connected: bytes may pass.
    void connected() {
        connected = true;
        while (!early.isEmpty()) {
            var bytes = early.remove();
            letGo(bytes.readableBytes());
            entry.take(bytes);
        }
        if (sourceEnded) {
            entry.end();
        }
        settle();
    }

    /// Takes `bytes` that the source has sent.
    void read(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        taken += bytes.readableBytes();
        if (connected) {
            entry.take(bytes);
        } else {
            hold(bytes.readableBytes());
            early.add(bytes);
        }
    }

    /// The source has sent all that it had for now.
    void readComplete() {
        flush();
        if (!stages.isEmpty()) {
            regulate();
        }
    }

    /// The source has ended its stream.
    void end() {
        if (!sourceEnded && !ended) {
            sourceEnded = true;
            if (connected) {
                entry.end();
                settle();
            }
        }
    }

    /// Has these stages from now on, in this order. What others hold passes through the rest at once.
    void chain(List<Stage> next) {
        var old = stages;
        for (var stage : old) {
            if (!next.contains(stage)) {
                stage.release();
            }
        }
        stages = next;
        var outlet = exit;
        for (var stage : next.reversed()) {
            stage.link(outlet);
            outlet = stage;
        }
        entry = outlet;
        settle();
    }

    /// Returns the stages that it has.
    List<Stage> stages() {
        return stages;
    }

    /// Makes the stage of `toxic`.
    Stage stage(Toxic toxic, Effect.OnStream effect) {
        return switch (effect) {
            case Effect.Latency latency -> new DelayStages.Latency(toxic, latency, this);
            case Effect.Bandwidth bandwidth -> new DelayStages.Bandwidth(toxic, bandwidth, this);
            case Effect.Loss loss -> new DelayStages.Loss(toxic, loss, this);
            case Effect.Stall _ -> new DelayStages.Stall(toxic, this);
            case Effect.SlowClose slow -> new DelayStages.SlowClose(toxic, slow, this);
            case Effect.Slice slice -> new DelayStages.Slice(toxic, slice, this);
            case Effect.Timeout timeout -> new EndStages.Timeout(toxic, timeout, this);
            case Effect.ResetLater later -> new EndStages.ResetLater(toxic, later, this);
            case Effect.Limit limit -> new EndStages.Limit(toxic, limit, this);
            case Effect.Nothing _ -> new EndStages.Nothing(toxic, this);
        };
    }

    /// Returns the sink as an outlet.
    Outlet exit() {
        return exit;
    }

    /// Returns randomness that the seed of `toxic` and this lane's number determine.
    SplittableRandom random(Toxic toxic) {
        return new SplittableRandom(Toxic.mix(toxic.seed() ^ number));
    }

    /// Runs `task` after so many nanoseconds, and sees to what it has passed on.
    Future<?> later(long nanos, Runnable task) {
        return source.eventLoop()
                .schedule(
                        () -> {
                            task.run();
                            settle();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    /// Notes that a stage holds so many bytes more.
    void hold(int bytes) {
        held += bytes;
        heldByAll.addAndGet(bytes);
    }

    /// Notes that a stage holds so many bytes less.
    void letGo(int bytes) {
        held -= bytes;
        heldByAll.addAndGet(-bytes);
    }

    void close() {
        ends.close();
    }

    void reset() {
        ends.reset();
    }

    /// Sends what was passed on, and reads on or does not.
    void settle() {
        flush();
        regulate();
    }

    /// Sends what was passed on.
    void flush() {
        if (unflushed) {
            unflushed = false;
            sink.flush();
        }
        if (taken > 0 || given > 0) {
            traffic.count(taken, given);
            taken = 0;
            given = 0;
        }
    }

    /// Reads the source or leaves it alone.
    void regulate() {
        boolean read = connected
                && held <= limit()
                && (sink.isWritable() || stages.stream().anyMatch(Stage::swallows));
        if (source.config().isAutoRead() != read) {
            source.config().setAutoRead(read);
        }
    }

    /// Lets go of everything held; nothing passes any more.
    void discard() {
        ended = true;
        stages.forEach(Stage::discard);
        early.forEach(ByteBuf::release);
        early.clear();
        letGo((int) held);
    }

    /// Whether nothing passes any more.
    boolean ended() {
        return ended;
    }

    /// Whether the end of the stream has passed.
    boolean passed() {
        return passed;
    }

    private long limit() {
        boolean roomy = stages.stream().anyMatch(Stage::roomy) && heldByAll.get() < HELD_BY_ALL;
        return roomy ? HELD_WHILE_TIME_PASSES : HELD_PLAIN;
    }

    /// The sink behind the last stage.
    private final class Exit implements Outlet {
        @Override
        public void take(ByteBuf bytes) {
            if (ended) {
                bytes.release();
                return;
            }
            given += bytes.readableBytes();
            var _ = sink.write(bytes, sink.voidPromise());
            unflushed = true;
        }

        /// Ends the sink's stream behind the last byte: Netty drops what is still unwritten when an output is shut
        /// down.
        @Override
        public void end() {
            if (ended) {
                return;
            }
            ended = true;
            unflushed = false;
            var _ = sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
                passed = true;
                if (!ends.ended() && sink instanceof DuplexChannel duplex) {
                    var _ = duplex.shutdownOutput();
                }
            });
        }
    }

    /// Returns the stage of the toxic called `name`, where there is one.
    Optional<Stage> stage(String name) {
        for (var stage : stages) {
            if (stage.isOf(name)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /// Returns the stages for `toxics`: those that are there already, and new ones.
    List<Stage> stagesFor(List<Toxic> toxics, boolean upstream) {
        var wanted = new ArrayList<Stage>();
        for (var toxic : toxics) {
            if (toxic.effect() instanceof Effect.OnStream effect
                    && toxic.direction().covers(upstream)) {
                var stage = stage(toxic.name());
                stage.ifPresent(there -> there.update(effect));
                wanted.add(stage.orElseGet(() -> stage(toxic, effect)));
            }
        }
        return wanted;
    }
}
