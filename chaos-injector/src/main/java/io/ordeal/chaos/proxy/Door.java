package io.ordeal.chaos.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.ordeal.chaos.policy.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/// Where a proxy listens, or refuses while it keeps the port.
final class Door implements AutoCloseable {
    private final Loops loops;
    private final ChannelHandler accepted;
    private final InetSocketAddress address;
    private Optional<Channel> listener;
    private Optional<Socket> keeper = Optional.empty();

    private Door(Loops loops, ChannelHandler accepted, Channel listener) {
        this.loops = loops;
        this.accepted = accepted;
        this.listener = Optional.of(listener);
        this.address = (InetSocketAddress) listener.localAddress();
    }

    /// Listens on `listen`.
    ///
    /// @param accepted gets the connections
    static Door open(Loops loops, ChannelHandler accepted, Address listen) throws IOException {
        var where = listen.host().equals("*")
                ? new InetSocketAddress(listen.port())
                : new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
        return new Door(loops, accepted, bind(loops, accepted, where));
    }

    /// Returns where it listens, or would, with the real port.
    InetSocketAddress address() {
        return address;
    }

    /// Refuses connections from now on. A socket that does not listen keeps the port: nobody else gets it meanwhile.
    synchronized void refuse() throws IOException {
        if (listener.isEmpty()) {
            return;
        }
        listener.get().close().awaitUninterruptibly();
        listener = Optional.empty();
        var socket = new Socket();
        keeper = Optional.of(socket);
        socket.setReuseAddress(true);
        socket.bind(address);
    }

    /// Takes connections again.
    synchronized void admit() throws IOException {
        if (listener.isEmpty()) {
            listener = Optional.of(bind(loops, accepted, address));
            letGo();
        }
    }

    @Override
    public synchronized void close() {
        listener.ifPresent(channel -> channel.close().awaitUninterruptibly());
        letGo();
    }

    private void letGo() {
        keeper.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException _) {
                // the port is free all the same
            }
        });
        keeper = Optional.empty();
    }

    private static Channel bind(Loops loops, ChannelHandler accepted, InetSocketAddress where) throws IOException {
        var bound = loops.server(accepted)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .bind(where)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var shown = where.getHostString() + ":" + where.getPort();
            throw new IOException(
                    "cannot listen on " + shown + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }
}
