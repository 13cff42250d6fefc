package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Behaviour;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A service that listens, with its downstream. Closing it stops it gracefully.
public final class RunningService implements AutoCloseable {

    private static final int EVENT_LOOPS = 2; // one for the service, one for the model
    private static final int DECODER_BYTES = 256;
    private static final long START_SECONDS = 30;

    private final Vertx vertx;
    private final ServiceServer service;
    private final ModelServer model;
    private final ServiceOptions options;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningService(Vertx vertx, ServiceServer service, ModelServer model, ServiceOptions options) {
        this.vertx = vertx;
        this.service = service;
        this.model = model;
        this.options = options;
    }

    /// Starts a service and returns when it listens.
    ///
    /// @throws CompletionException with the cause, if it cannot listen or read its data directory
    public static RunningService start(ServiceOptions options, Behaviour behaviour) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            LiveBehaviour live = new LiveBehaviour(behaviour);
            ModelServer model = new ModelServer(listener(options, options.modelPort()), live);
            await(vertx.deployVerticle(model));
            ServiceOptions.Address address =
                    options.model().orElse(new ServiceOptions.Address(options.host(), model.port()));
            ServiceServer service = new ServiceServer(options, listener(options, options.port()), address, live);
            await(vertx.deployVerticle(service));
            return new RunningService(vertx, service, model, options);
        } catch (CompletionException failure) {
            await(vertx.close());
            throw failure;
        }
    }

    private static HttpServerOptions listener(ServiceOptions options, int port) {
        return new HttpServerOptions()
                .setHost(options.host())
                .setPort(port)
                .setAcceptBacklog(options.backlog())
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setDecoderInitialBufferSize(DECODER_BYTES)
                .setHttp2ClearTextEnabled(false);
    }

    /// The port of the service.
    public int port() {
        return service.port();
    }

    /// The port of the downstream model.
    public int modelPort() {
        return model.port();
    }

    /// Whether the sockets are the operating system's own (epoll) rather than the JDK's.
    public boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    /// Stops accepting, lets requests in flight end within the grace time, and then ends all. A second call does
    /// nothing.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            await(service.shutdown(), options.drain().plus(options.grace()).toSeconds() + START_SECONDS);
        } finally {
            await(vertx.close());
        }
    }

    private static <T> void await(Future<T> future) {
        await(future, START_SECONDS);
    }

    private static <T> void await(Future<T> future, long seconds) {
        var _ = future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(seconds, TimeUnit.SECONDS)
                .join();
    }
}
