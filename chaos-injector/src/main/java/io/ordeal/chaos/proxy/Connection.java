package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A client's connection and its counterpart to the service, on one event loop, with a lane in each direction.
final class Connection implements Lane.Ends {
    /// What was passed on may take so long to leave when the connection is closed.
    private static final long LAST_WORDS_SECONDS = 1;

    private final TcpProxy proxy;
    private final long number;
    private final Optional<String> probed;
    private final Channel client;
    private final Channel upstream;
    private final Lane up;
    private final Lane down;
    private Optional<HttpFilter> http = Optional.empty();
    private boolean dialled;
    private boolean broken;
    private boolean closing;
    private boolean closed;

    /// @param upstream registered on the client's event loop and not yet connected
    /// @param probed the name of the one toxic that it meets, whatever its toxicity, where it is a probe of ours
    Connection(TcpProxy proxy, long number, Optional<String> probed, Channel client, Channel upstream) {
        this.proxy = proxy;
        this.number = number;
        this.probed = probed;
        this.client = client;
        this.upstream = upstream;
        this.up = new Lane(client, upstream, proxy.held(), proxy.traffic(true), number, this);
        this.down = new Lane(upstream, client, proxy.held(), proxy.traffic(false), ~number, this);
        client.pipeline().addLast(new End(up, down));
        upstream.pipeline().addLast(new End(down, up));
    }

    /// Begins its life under `shape`.
    void begin(Shape shape) {
        if (on(shape).stream().anyMatch(toxic -> toxic.effect() instanceof Effect.Refuse)) {
            reset();
        } else {
            reshape(shape);
        }
    }

    /// Obeys `shape` from now on.
    void reshape(Shape shape) {
        if (closed || closing) {
            return;
        }
        var toxics = on(shape);
        if (toxics.stream().anyMatch(toxic -> toxic.effect() instanceof Effect.Reset)) {
            reset();
            return;
        }
        if (!toxics.isEmpty() || !isPlain()) {
            chain(toxics);
        }
        boolean stalled = isStalled();
        if (broken && !stalled) {
            reset();
        } else if (!dialled && !closed && !stalled) {
            dialled = true;
            proxy.upstream(probed.isPresent(), client.eventLoop(), this::dial, this::reset);
        }
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    boolean probe() {
        return probed.isPresent();
    }

    /// Whether `toxic` is on it.
    boolean hitBy(Toxic toxic) {
        return probed.map(toxic.name()::equals).orElseGet(() -> toxic.hits(number));
    }

    /// Ends both sides with a TCP reset.
    @Override
    public void reset() {
        linger(client);
        linger(upstream);
        finish();
    }

    /// Closes when both streams have ended, and says whether.
    @Override
    public boolean ended() {
        if (up.passed() && down.passed()) {
            finish();
        }
        return closed;
    }

    @Override
    public void close() {
        if (closing || closed) {
            return;
        }
        closing = true;
        up.discard();
        down.discard();
        var _ = client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            var _ = upstream.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> finish());
        });
        var _ = client.eventLoop().schedule(this::finish, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    private List<Toxic> on(Shape shape) {
        return shape.toxics().isEmpty()
                ? List.of()
                : shape.toxics().stream().filter(this::hitBy).toList();
    }

    private boolean isPlain() {
        return up.stages().isEmpty() && down.stages().isEmpty();
    }

    private boolean isStalled() {
        return up.stages().stream().anyMatch(DelayStages.Stall.class::isInstance);
    }

    /// HTTP is spoken next to the service: what a toxic answers in its place takes the way that its answers take.
    private void chain(List<Toxic> toxics) {
        var upwards = up.stagesFor(toxics, true);
        var downwards = down.stagesFor(toxics, false);
        var onHttp = toxics.stream()
                .filter(toxic -> toxic.effect() instanceof Effect.OnHttp)
                .toList();
        if (!onHttp.isEmpty() && http.isEmpty()) {
            http = Optional.of(new HttpFilter(up, down, number, probe(), !dialled));
        }
        http.ifPresent(filter -> filter.obey(onHttp));
        http = http.filter(filter -> !onHttp.isEmpty() || !filter.idle());
        http.ifPresent(filter -> {
            upwards.addLast(filter.requests());
            downwards.addFirst(filter.answers());
        });
        up.chain(upwards);
        down.chain(downwards);
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

    /// Passes on that one side is broken, when something can pass.
    private void lost() {
        if (isStalled() && !closing) {
            broken = true;
        } else {
            reset();
        }
    }

    private void finish() {
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
            out.regulate();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                in.end();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (isStalled() && !closing) {
                broken = true;
            } else {
                finish();
            }
        }

        /// A reset of one side is passed on to the other.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            lost();
        }
    }
}
