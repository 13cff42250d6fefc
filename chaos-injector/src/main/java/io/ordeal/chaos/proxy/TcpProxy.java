package io.ordeal.chaos.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.ordeal.chaos.policy.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A TCP proxy in front of one service: a lean pipe, shaped by the toxics in force.
///
/// Both sides of a connection live on one event loop, so that nothing is handed between threads.
public final class TcpProxy implements AutoCloseable {
    private static final int DIAL_MILLIS = 10_000;

    private final Loops loops;
    private final Address upstream;
    private final Bootstrap dialler;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Integer, String> probes = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final Traffic upwards = new Traffic();
    private final Traffic downwards = new Traffic();
    private final Door door;
    private volatile Shape shape;
    private volatile boolean closed;

    private TcpProxy(Loops loops, Address listen, Address upstream, Shape shape) throws IOException {
        this.loops = loops;
        this.upstream = upstream;
        this.shape = shape;
        this.dialler = new Bootstrap()
                .channel(loops.socketType())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 128 << 10));
        this.door = Door.open(loops, new Accepted(), listen);
        if (shape.refusesAll()) {
            door.refuse();
        }
    }

    /// Starts a proxy from `listen` to `upstream`.
    ///
    /// @throws IOException when `listen` cannot be bound
    public static TcpProxy start(Loops loops, Address listen, Address upstream) throws IOException {
        return start(loops, listen, upstream, Shape.NONE);
    }

    /// Starts a proxy that has toxics before the first connection comes.
    ///
    /// @throws IOException when `listen` cannot be bound
    public static TcpProxy start(Loops loops, Address listen, Address upstream, Shape shape) throws IOException {
        return new TcpProxy(loops, listen, upstream, shape);
    }

    /// Returns where it listens, with its real port.
    public InetSocketAddress address() {
        return door.address();
    }

    /// Returns where it leads.
    public Address upstream() {
        return upstream;
    }

    /// How many connections are open and on how many of them a toxic is, probes left out.
    public record Census(int connections, int hit) {}

    /// Brings `toxic` into force on every connection, open and new, in the place of one of its name; the future
    /// completes
    /// when it is.
    public CompletableFuture<Census> add(Toxic toxic) {
        return reshape(current -> current.with(toxic), toxic);
    }

    /// Takes `toxic` out of force; what it has held back passes. Taking out what is not in changes nothing.
    public CompletableFuture<Census> remove(Toxic toxic) {
        return reshape(current -> current.without(toxic.name()), toxic);
    }

    private synchronized CompletableFuture<Census> reshape(UnaryOperator<Shape> change, Toxic counted) {
        var open =
                connections.stream().filter(connection -> !connection.probe()).toList();
        int hit = (int)
                open.stream().filter(connection -> connection.hitBy(counted)).count();
        shape = change.apply(shape);
        try {
            if (shape.refusesAll()) {
                door.refuse();
            } else {
                door.admit();
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        // A connection that is accepted meanwhile reads the new shape itself, on its own loop.
        var done = new ArrayList<CompletableFuture<?>>();
        for (EventExecutor loop : loops.group()) {
            done.add(CompletableFuture.runAsync(() -> reshapeOn(loop), loop));
        }
        return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new))
                .thenApply(_ -> new Census(open.size(), hit));
    }

    /// Takes the newest shape, not the one that this was called for: an older one must not come after a newer one.
    private void reshapeOn(EventExecutor loop) {
        for (var connection : connections) {
            if (connection.loop().equals(loop)) {
                connection.reshape(shape);
            }
        }
    }

    /// What has passed since the start in one direction, bytes.
    ///
    /// @param received from one side
    /// @param sent to the other side
    public record Bytes(long received, long sent) {}

    /// Returns what has passed towards the service (`upstream`) or towards the clients.
    public Bytes bytes(boolean upstream) {
        var counted = traffic(upstream);
        return new Bytes(counted.received(), counted.sent());
    }

    /// Returns how many connections are open.
    public int open() {
        return connections.size();
    }

    /// Returns how many connections there have been.
    public long accepted() {
        return numbers.get();
    }

    /// Returns how many bytes toxics hold back.
    public long heldBytes() {
        return held.get();
    }

    Traffic traffic(boolean upstream) {
        return upstream ? upwards : downwards;
    }

    /// Expects a probe from this local port: its connection is answered by an echo of ours, so that the service
    /// does not see it.
    ///
    /// @param toxic the name of the one toxic that it meets
    void expectProbe(int port, String toxic) {
        probes.put(port, toxic);
    }

    void forgetProbe(int port) {
        probes.remove(port);
    }

    AtomicLong held() {
        return held;
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    /// Hands the address of the service to `known` on `loop`; where it has none, `unknown` is called there.
    void upstream(boolean probe, EventLoop loop, Consumer<InetSocketAddress> known, Runnable unknown) {
        if (probe) {
            known.accept(loops.echo());
        } else if (NetUtil.isValidIpV4Address(upstream.host()) || NetUtil.isValidIpV6Address(upstream.host())) {
            known.accept(new InetSocketAddress(upstream.host(), upstream.port()));
        } else {
            // A name server may be slow, and an event loop must not wait.
            Thread.ofVirtual().name("resolver").start(() -> resolve(loop, known, unknown));
        }
    }

    private void resolve(EventLoop loop, Consumer<InetSocketAddress> known, Runnable unknown) {
        try {
            var address = new InetSocketAddress(InetAddress.getByName(upstream.host()), upstream.port());
            loop.execute(() -> known.accept(address));
        } catch (UnknownHostException _) {
            loop.execute(unknown);
        }
    }

    /// Stops listening and ends every connection.
    @Override
    public void close() {
        closed = true;
        door.close();
        for (var connection : connections) {
            connection.loop().execute(connection::reset);
        }
    }

    /// Takes in new connections.
    private final class Accepted extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel client) {
            var remote = client.remoteAddress();
            var probed = probes.isEmpty() || !isLocal(remote, client)
                    ? Optional.<String>empty()
                    : Optional.ofNullable(probes.get(remote.getPort()));
            // Registered on the client's loop, which is the one that we are on: it is ready when this returns.
            var service = dialler.clone(client.eventLoop())
                    .handler(new Unhandled())
                    .register()
                    .channel();
            // Probes have numbers of their own: those of the clients do not depend on them.
            long number = probed.isPresent() ? -1 : numbers.getAndIncrement();
            var connection = new Connection(TcpProxy.this, number, probed, client, service);
            connections.add(connection);
            if (closed) {
                connection.reset();
            } else {
                connection.begin(shape);
            }
        }

        private static boolean isLocal(InetSocketAddress remote, SocketChannel client) {
            return remote.getAddress().isLoopbackAddress()
                    || remote.getAddress().equals(client.localAddress().getAddress());
        }
    }

    /// Handles nothing: the connection adds what it needs.
    static final class Unhandled extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            // left to the connection
        }
    }
}
