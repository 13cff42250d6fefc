package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Answers probes in place of a service: it sends back what comes, or, where `GET /n HTTP/1.1` comes, a body of `n`
/// bytes.
final class Echo extends ChannelInboundHandlerAdapter {
    private static final Pattern ASKED = Pattern.compile("GET /([0-9]{1,9}) HTTP/1\\.1\r\n");
    private static final int CHUNK = 32 << 10;

    private boolean http;
    private long owed;

    /// Makes one for each connection.
    static final class Fresh extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Echo());
        }
    }

    /// A probe's request comes in one piece, as it is shorter than any packet, or in slices that begin with its `G`.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        var asked = ASKED.matcher(
                bytes.getByte(bytes.readerIndex()) == 'G' ? bytes.toString(StandardCharsets.ISO_8859_1) : "");
        if (!asked.lookingAt()) {
            var _ = context.write(message, context.voidPromise());
            return;
        }
        bytes.release();
        http = true;
        owed = Long.parseLong(asked.group(1));
        var head = "HTTP/1.1 200 OK\r\nContent-Length: " + owed + "\r\nConnection: close\r\n\r\n";
        var _ = context.write(ByteBufUtil.writeAscii(context.alloc(), head), context.voidPromise());
        pay(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (http) {
            pay(context);
        } else {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private void pay(ChannelHandlerContext context) {
        while (owed > 0 && context.channel().isWritable()) {
            int length = (int) Math.min(owed, CHUNK);
            owed -= length;
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(new byte[length]), context.voidPromise());
        }
        if (owed == 0) {
            var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
