package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;

/// A client's connection and its counterpart to the service, on one event loop, with a lane in each direction.
final class Connection {
    private final TcpProxy proxy;
    private final long number;
    private final boolean probe;
    private final Channel client;
    private final Channel upstream;
    private final Lane up;
    private final Lane down;
    private boolean dialled;
    private boolean closed;

    /// @param upstream registered on the client's event loop and not yet connected
    /// @param probe whether it is a probe of ours: then toxics are on it whatever their fraction
    Connection(TcpProxy proxy, long number, boolean probe, Channel client, Channel upstream) {
        this.proxy = proxy;
        this.number = number;
        this.probe = probe;
        this.client = client;
        this.upstream = upstream;
        this.up = new Lane(client, upstream, rules(Shape.NONE, true), proxy.held(), Toxic.mix(number), this::laneEnded);
        this.down =
                new Lane(upstream, client, rules(Shape.NONE, false), proxy.held(), Toxic.mix(~number), this::laneEnded);
        client.pipeline().addLast(new End(up, down));
        upstream.pipeline().addLast(new End(down, up));
    }

    /// Begins its life under `shape`.
    void begin(Shape shape) {
        reshape(shape);
    }

    /// Obeys `shape` from now on.
    void reshape(Shape shape) {
        if (closed) {
            return;
        }
        if (shape.resets(number, probe)) {
            reset();
            return;
        }
        var upRules = rules(shape, true);
        up.shape(upRules);
        down.shape(rules(shape, false));
        if (!dialled && !upRules.closed()) {
            dialled = true;
            proxy.upstream(probe, client.eventLoop(), this::dial, this::reset);
        }
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    boolean probe() {
        return probe;
    }

    /// Whether any of the toxics of `shape` is on it.
    boolean hitBy(Shape shape) {
        return shape.toxics().stream().anyMatch(toxic -> probe || toxic.hits(number));
    }

    /// Ends both sides with a TCP reset.
    void reset() {
        linger(client);
        linger(upstream);
        close();
    }

    private void dial(InetSocketAddress address) {
        if (closed) {
            return;
        }
        var _ = upstream.connect(address).addListener(done -> {
            if (done.isSuccess()) {
                up.connected();
                down.connected();
            } else {
                reset();
            }
        });
    }

    private LaneRules rules(Shape shape, boolean upwards) {
        return LaneRules.of(shape, upwards, number, probe);
    }

    /// Closes when both streams have ended, and says whether.
    private boolean laneEnded() {
        if (up.passed() && down.passed()) {
            close();
        }
        return closed;
    }

    private void close() {
        if (!closed) {
            closed = true;
            up.discard();
            down.discard();
            var _ = client.close();
            var _ = upstream.close();
            proxy.forget(this);
        }
    }

    private static void linger(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    /// One side: `in` carries what it sends, `out` what it gets.
    private final class End extends ChannelInboundHandlerAdapter {
        private final Lane in;
        private final Lane out;

        End(Lane in, Lane out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            in.read((ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            in.readComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            out.drain();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                in.end();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            close();
        }

        /// A reset of one side is passed on to the other.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            reset();
        }
    }
}
