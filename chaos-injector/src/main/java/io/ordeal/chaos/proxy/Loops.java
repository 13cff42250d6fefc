package io.ordeal.chaos.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The event loops of all proxies of an injector, and the echo that answers their probes in place of a service.
public final class Loops implements AutoCloseable {
    private static final int MOST = 8;

    private final EventLoopGroup group;
    private final boolean nativeTransport;
    private final Channel echo;

    private Loops(EventLoopGroup group, boolean nativeTransport) {
        this.group = group;
        this.nativeTransport = nativeTransport;
        this.echo = server(new Echo.Fresh())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /// Starts a loop for every two processors, eight at most, on epoll where the platform has it. A busy loop finds
    /// more to do each time it looks, which costs fewer calls of the system than two loops that share the work.
    public static Loops start() {
        boolean epoll = Epoll.isAvailable();
        var factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST);
        return new Loops(
                new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("proxy", true), factory), epoll);
    }

    /// Returns what the loops run on.
    public String transport() {
        return nativeTransport ? "epoll" : "nio";
    }

    /// Where probes are echoed.
    InetSocketAddress echo() {
        return (InetSocketAddress) echo.localAddress();
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerSocketChannel> serverType() {
        return nativeTransport ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> socketType() {
        return nativeTransport ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /// Returns a listener whose connections are handled by `child`.
    ServerBootstrap server(ChannelHandler child) {
        return new ServerBootstrap()
                .group(group)
                .channel(serverType())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 128 << 10))
                .childHandler(child);
    }

    @Override
    public void close() {
        echo.close().syncUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
