package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.counts.ServiceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The service's listener and everything behind it, on one event loop, which alone touches its state.
final class ServiceServer extends VerticleBase {

    private static final Buffer HEALTHY = Buffer.buffer("{\"status\":\"ok\"}");
    private static final Buffer STOPPING = Buffer.buffer("{\"status\":\"stopping\"}");
    private static final CharSequence METRICS_TYPE = HttpHeaders.createOptimized(ServiceMetrics.contentType());
    private static final long LAG_MILLIS = 100;

    private final ServiceOptions options;
    private final HttpServerOptions serverOptions;
    private final ServiceOptions.Address modelAddress;
    private final LiveBehaviour behaviour;
    private final ServiceMetrics metrics;
    private final MeetingSockets sockets = new MeetingSockets();
    private @Nullable HttpServer server;
    private @Nullable Dispatcher dispatcher;
    private @Nullable DocumentStore documents;
    private boolean stopping;
    private int connections;
    private long greatestLag;

    ServiceServer(
            ServiceOptions options,
            HttpServerOptions serverOptions,
            ServiceOptions.Address modelAddress,
            LiveBehaviour behaviour) {
        this.options = options;
        this.serverOptions = serverOptions;
        this.modelAddress = modelAddress;
        this.behaviour = behaviour;
        this.metrics = new ServiceMetrics(options.counts());
    }

    @Override
    public Future<?> start() {
        DocumentStore store = new DocumentStore(vertx, behaviour, options.files());
        documents = store;
        BodyReader bodies = new BodyReader(options.mostBodyBytes());
        Dispatcher made = new Dispatcher(vertx, options.counts(), metrics, bodies, endpoints(store), behaviour.now());
        dispatcher = made;
        behaviour.follow(made::adopt);
        watchLag(System.nanoTime());
        HttpServer listener = vertx.createHttpServer(serverOptions)
                .connectionHandler(connection -> {
                    connections++;
                    connection.closeHandler(_ -> connections--);
                })
                .requestHandler(made);
        server = listener;
        return store.load().compose(_ -> listener.listen());
    }

    /// The port it listens on, once it has started.
    int port() {
        HttpServer started = server;
        return started == null ? 0 : started.actualPort();
    }

    private Map<Operation, Endpoint> endpoints(DocumentStore store) {
        Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
        endpoints.put(Operation.HEALTH, this::health);
        endpoints.put(Operation.METRICS, this::metrics);
        new AdminEndpoints(behaviour, options.defaults(), options.counts(), this::inFlight, options.adminToken())
                .addTo(endpoints);
        new ShopEndpoints().addTo(endpoints);
        new InferenceEndpoint(vertx, behaviour, metrics).addTo(endpoints);
        new MeetingEndpoints(sockets).addTo(endpoints);
        ModelClient model = new ModelClient(vertx, behaviour, metrics, modelAddress.host(), modelAddress.port());
        new RagEndpoints(store, model, metrics).addTo(endpoints);
        new PaymentEndpoints().addTo(endpoints);
        return endpoints;
    }

    private int inFlight(Operation operation) {
        Dispatcher made = dispatcher;
        return made == null ? 0 : made.inFlight(operation);
    }

    private void health(Exchange exchange) {
        exchange.answer(stopping ? 503 : 200, Exchange.JSON, stopping ? STOPPING : HEALTHY);
    }

    /// Sets the gauges here, where their values live, and lets a worker thread write the text.
    private void metrics(Exchange exchange) {
        Dispatcher made = dispatcher;
        DocumentStore store = documents;
        if (made != null && store != null) {
            for (Operation operation : Operation.values()) {
                if (operation.isHousekeeping()) {
                    continue;
                }
                metrics.load(operation, made.waiting(operation), made.inFlight(operation));
            }
            metrics.documents(store.index().size(), store.index().pending());
        }
        metrics.sockets(connections, sockets.open());
        metrics.eventLoopLag(greatestLag);
        greatestLag = 0;
        vertx.executeBlocking(metrics::text, false)
                .onSuccess(text -> exchange.answer(200, METRICS_TYPE, Buffer.buffer(text)))
                .onFailure(_ -> exchange.error(500, "the metrics could not be written"));
    }

    /// Looks every 100 ms how much later than asked for the loop came round.
    private void watchLag(long askedNanos) {
        vertx.setTimer(LAG_MILLIS, _ -> {
            long now = System.nanoTime();
            greatestLag = Math.max(greatestLag, now - askedNanos - TimeUnit.MILLISECONDS.toNanos(LAG_MILLIS));
            watchLag(now);
        });
    }

    /// Stops: health says 503 for the drain time, then the listener closes, then what is in flight may end within the
    /// grace time.
    Future<Void> shutdown() {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(_ -> {
            stopping = true;
            long millis = options.drain().toMillis();
            if (millis == 0) {
                drained.complete();
            } else {
                vertx.setTimer(millis, _ -> drained.complete());
            }
        });
        return drained.future().compose(_ -> {
            sockets.closeAll();
            HttpServer listener = server;
            return listener == null
                    ? Future.succeededFuture()
                    : listener.shutdown(options.grace().toMillis(), TimeUnit.MILLISECONDS);
        });
    }
}
