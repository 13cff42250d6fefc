package io.ordeal.generator.drive;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The event loops of a generator and the HTTP client that opens connections on them.
public final class EventLoops implements AutoCloseable {
    private static final long CLOSING_SECONDS = 10;

    private final Vertx vertx;
    private final List<ContextInternal> contexts;
    private final HttpClientAgent client;

    private EventLoops(Vertx vertx, List<ContextInternal> contexts, HttpClientAgent client) {
        this.vertx = vertx;
        this.contexts = contexts;
        this.client = client;
    }

    /// Starts `count` event loops, on the system's own transport where its library is there.
    public static EventLoops start(int count) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2));
        var internal = (VertxInternal) vertx;
        var contexts = IntStream.range(0, count)
                .mapToObj(_ -> internal.createEventLoopContext())
                .toList();
        var options = new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE);
        return new EventLoops(vertx, contexts, vertx.createHttpClient(options));
    }

    /// Returns the loop that drives `segment`.
    public ContextInternal loop(int segment) {
        return contexts.get(Math.floorMod(segment, contexts.size()));
    }

    /// Returns the client that opens connections.
    public HttpClientAgent client() {
        return client;
    }

    /// Returns the Vert.x instance that the loops belong to.
    public Vertx vertx() {
        return vertx;
    }

    /// Returns the transport's name, for instance `epoll`.
    public String transport() {
        return vertx.isNativeTransportEnabled() ? "native" : "nio";
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
