package io.ordeal.generator.drive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The short way past the HTTP client on a connection of HTTP/1.1 without TLS that the client has opened: bytes that
/// were made ready go out, and the answer to them comes in, without the objects that the client makes for both. It
/// stands first on the channel; what it has not asked for passes on to the client. Belongs to one event loop.
///
/// An [answer that came whole][WholeAnswer] is read in place, any other by Netty's decoder.
final class Shortcut extends ChannelInboundHandlerAdapter {
    private static final int FINAL = 200;

    private @Nullable ChannelHandlerContext context;
    private @Nullable Answers receiver;
    private @Nullable EmbeddedChannel decoder;
    private boolean closing;
    private boolean interim;

    /// Who takes an answer.
    interface Answers {
        /// Takes the status, with the first byte.
        void answered(int status);

        /// Takes the values of `Set-Cookie`, where there are some.
        void cookies(List<String> values);

        /// Takes bytes of the body, which are the callee's for the time of the call.
        void received(ByteBuf bytes);

        /// Takes the end; `closing` when the connection carries no further request.
        void complete(boolean closing);

        /// Takes the end of the connection before that of the answer.
        void broken();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /// Returns an empty buffer of at least `size` bytes for a request.
    ByteBuf buffer(int size) {
        return own().alloc().directBuffer(size);
    }

    /// Sends `request`, and gives the answer to `answers`; there must be no other under way.
    void send(ByteBuf request, Answers answers) {
        receiver = answers;
        closing = false;
        var own = own();
        var _ = own.writeAndFlush(request, own.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var waiting = receiver;
        if (waiting == null || !(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
        } else if (decoder != null) {
            decode(decoder, bytes, waiting);
        } else {
            begin(bytes, waiting);
        }
    }

    private void begin(ByteBuf bytes, Answers waiting) {
        var answer = WholeAnswer.in(bytes);
        if (answer == null) {
            decoder = new EmbeddedChannel(new HttpResponseDecoder());
            decode(decoder, bytes, waiting);
            return;
        }
        try {
            receiver = null;
            waiting.answered(answer.status());
            waiting.received(bytes.readerIndex(answer.body()));
        } finally {
            bytes.release();
        }
        waiting.complete(answer.closing());
    }

    private void decode(EmbeddedChannel through, ByteBuf bytes, Answers waiting) {
        through.writeInbound(bytes);
        drain(through, waiting);
    }

    private void drain(EmbeddedChannel through, Answers waiting) {
        for (Object part = through.readInbound(); part != null; part = through.readInbound()) {
            try {
                take(part, waiting);
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
    }

    private void take(Object part, Answers waiting) {
        if (part instanceof HttpResponse response) {
            head(response, waiting);
        }
        if (part instanceof HttpContent content && content.content().isReadable()) {
            waiting.received(content.content());
        }
        if (part instanceof LastHttpContent last && !interim && Objects.equals(receiver, waiting)) {
            end();
            if (last.decoderResult().isFailure()) {
                waiting.broken();
            } else {
                waiting.complete(closing);
            }
        }
    }

    private void head(HttpResponse response, Answers waiting) {
        if (response.decoderResult().isFailure()) {
            end();
            waiting.broken();
            return;
        }
        closing = !HttpUtil.isKeepAlive(response);
        interim = response.status().code() < FINAL;
        if (!interim) {
            waiting.answered(response.status().code());
            var cookies = response.headers().getAll(HttpHeaderNames.SET_COOKIE);
            if (!cookies.isEmpty()) {
                waiting.cookies(cookies);
            }
        }
    }

    private void end() {
        receiver = null;
        decoder = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var waiting = receiver;
        if (waiting != null) {
            var unfinished = decoder;
            if (unfinished != null) { // a body without a length ends with its connection
                closing = true;
                unfinished.finish();
                drain(unfinished, waiting);
            }
            if (receiver != null) {
                end();
                waiting.broken();
            }
        }
        ctx.fireChannelInactive();
    }

    private ChannelHandlerContext own() {
        return Objects.requireNonNull(context, "it is laid before it is used");
    }
}
