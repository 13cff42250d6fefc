package io.ordeal.generator.drive;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lays short ways on open connections. Thread-safe.
final class Shortcuts {
    /// By the local address, until somebody asks or the connection is closed.
    private final Map<SocketAddress, Channel> channels = new ConcurrentHashMap<>();

    /// Lays the short way on the connection from `local`, which must be open and have none yet; to be called on its
    /// event loop, once the client has made it ready.
    Shortcut lay(SocketAddress local) {
        var channel = channels.remove(local);
        if (channel == null) {
            throw new IllegalStateException("the connection has no short way");
        }
        var shortcut = new Shortcut();
        channel.pipeline().addFirst("shortcut", shortcut);
        return shortcut;
    }

    /// Returns what takes note of one connection when it is open.
    ChannelHandler notary() {
        return new Notary();
    }

    /// Whoever waits for the connection is told after it is noted.
    private final class Notary extends ChannelOutboundHandlerAdapter {
        @Override
        public void connect(
                ChannelHandlerContext context,
                java.net.SocketAddress remote,
                java.net.SocketAddress local,
                ChannelPromise told) {
            var connected = context.newPromise();
            connected.addListener(done -> {
                if (done.isSuccess()) {
                    note(context.channel());
                    told.trySuccess();
                } else {
                    told.tryFailure(done.cause());
                }
            });
            var _ = context.connect(remote, local, connected);
        }

        private void note(Channel channel) {
            if (channel.localAddress() instanceof InetSocketAddress address) {
                var local = SocketAddress.inetSocketAddress(address);
                channels.put(local, channel);
                channel.closeFuture().addListener(_ -> channels.remove(local, channel));
            }
        }
    }
}
