package io.ordeal.generator.drive;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The event loops of a generator and the HTTP client that opens connections on them.
public final class EventLoops implements AutoCloseable {
    private static final long CLOSING_SECONDS = 10;

    private final Vertx vertx;
    private final List<ContextInternal> contexts;
    private final HttpClientAgent client;
    private final Handshakes handshakes;
    private final Shortcuts shortcuts;
    private final String transport;

    private EventLoops(
            Vertx vertx,
            List<ContextInternal> contexts,
            HttpClientAgent client,
            Handshakes handshakes,
            Shortcuts shortcuts,
            String transport) {
        this.vertx = vertx;
        this.contexts = contexts;
        this.client = client;
        this.handshakes = handshakes;
        this.shortcuts = shortcuts;
        this.transport = transport;
    }

    /// Starts `count` event loops, on the system's own transport where its library is there.
    public static EventLoops start(int count) {
        var handshakes = new Handshakes();
        var shortcuts = new Shortcuts();
        var own = Optional.ofNullable(Transport.nativeTransport())
                .filter(Transport::available)
                .orElse(Transport.NIO);
        var timed = new TimedTransport(((TransportInternal) own).implementation(), handshakes, shortcuts);
        var vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(count)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(2))
                .withTransport(new TransportInternal(own.name(), true, null, timed))
                .build();
        var internal = (VertxInternal) vertx;
        var contexts = IntStream.range(0, count)
                .mapToObj(_ -> internal.createEventLoopContext())
                .toList();
        var client = vertx.createHttpClient(options());
        return new EventLoops(vertx, contexts, client, handshakes, shortcuts, own.name());
    }

    /// Returns what every client of the generator goes by.
    static HttpClientOptions options() {
        return new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE);
    }

    /// Returns the loop that drives `segment`.
    public ContextInternal loop(int segment) {
        return contexts.get(Math.floorMod(segment, contexts.size()));
    }

    /// Returns the client that opens connections of HTTP/1.1 without TLS. It must stay referenced, or the garbage
    /// collector closes them all.
    HttpClientAgent client() {
        return client;
    }

    /// Returns how long TLS handshakes took.
    Handshakes handshakes() {
        return handshakes;
    }

    /// Returns the short ways of connections.
    Shortcuts shortcuts() {
        return shortcuts;
    }

    /// Returns the Vert.x instance that the loops belong to.
    public Vertx vertx() {
        return vertx;
    }

    /// Returns the transport's name, for instance `epoll`.
    public String transport() {
        return transport;
    }

    @Override
    public void close() {
        try {
            vertx.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the event loops did not end in " + CLOSING_SECONDS + " s", e);
        }
    }
}
