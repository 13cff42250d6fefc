package io.ordeal.generator.drive;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long the TLS handshakes of fresh connections took, until whoever opened the connection asks. Thread-safe.
final class Handshakes {
    /// By the local address. One that nobody asks for is overwritten when its address is used again.
    private final Map<SocketAddress, Long> nanos = new ConcurrentHashMap<>();

    /// Returns how long the handshake of the connection from `local` took, in nanoseconds; 0 when it had none.
    long take(SocketAddress local) {
        var taken = nanos.remove(local);
        return taken == null ? 0 : taken;
    }

    /// Returns what times the handshake of one connection.
    ChannelHandler timer() {
        return new Timer();
    }

    private final class Timer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            var tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                long begun = System.nanoTime();
                tls.handshakeFuture().addListener(done -> {
                    if (done.isSuccess() && context.channel().localAddress() instanceof InetSocketAddress local) {
                        nanos.put(SocketAddress.inetSocketAddress(local), System.nanoTime() - begun);
                    }
                });
            }
            context.pipeline().remove(this);
            context.fireChannelActive();
        }
    }
}
