package io.ordeal.generator.drive;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

/// A transport like another whose client sockets tell how long their TLS handshakes take, and have a short way.
@SuppressWarnings("deprecation") // what Vert.x' interface asks for
final class TimedTransport implements Transport {
    private final Transport like;
    private final Handshakes handshakes;
    private final Shortcuts shortcuts;

    TimedTransport(Transport like, Handshakes handshakes, Shortcuts shortcuts) {
        this.like = like;
        this.handshakes = handshakes;
        this.shortcuts = shortcuts;
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        var factory = like.channelFactory(domainSocket);
        return () -> {
            Channel channel = factory.newChannel();
            channel.pipeline().addFirst(handshakes.timer(), shortcuts.notary());
            return channel;
        };
    }

    @Override
    public boolean supportsDomainSockets() {
        return like.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return like.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return like.isAvailable();
    }

    @Override
    public Throwable unavailabilityCause() {
        return like.unavailabilityCause();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return like.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return like.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return like.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return like.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return like.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return like.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return like.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        like.configure(channel, options);
    }

    @Override
    public void configure(ClientOptionsBase options, int timeout, boolean domainSocket, Bootstrap bootstrap) {
        like.configure(options, timeout, domainSocket, bootstrap);
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        like.configure(options, domainSocket, bootstrap);
    }
}
