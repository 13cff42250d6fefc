package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.ModelBehaviour;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The downstream: a model on a listener and an event loop of its own, called over a real socket, so that what
/// happens
/// to it happens to the service as it would with a foreign one.
final class ModelServer extends VerticleBase {

    private static final Buffer ANSWER =
            Buffer.buffer("{\"answer\":\"measure first, then change one thing\",\"tokens\":6}");
    private static final Buffer ERROR = Buffer.buffer("{\"error\":\"the model failed\"}");

    private final HttpServerOptions options;
    private final LiveBehaviour behaviour;
    private SplittableRandom random;
    private @Nullable HttpServer server;

    ModelServer(HttpServerOptions options, LiveBehaviour behaviour) {
        this.options = options;
        this.behaviour = behaviour;
        this.random = new SplittableRandom(~behaviour.now().seed());
    }

    @Override
    public Future<?> start() {
        behaviour.follow(changed -> context.runOnContext(_ -> random = new SplittableRandom(~changed.seed())));
        HttpServer made = vertx.createHttpServer(options).requestHandler(this::handle);
        server = made;
        return made.listen();
    }

    /// The port it listens on, once it has started.
    int port() {
        HttpServer started = server;
        return started == null ? 0 : started.actualPort();
    }

    private void handle(HttpServerRequest request) {
        ModelBehaviour now = behaviour.now().model();
        long nanos = now.latency().sampleNanos(random);
        boolean fails = random.nextDouble() < now.errorRate();
        if (nanos <= 0) {
            answer(request, fails);
        } else {
            vertx.timer(nanos, TimeUnit.NANOSECONDS).onComplete(_ -> answer(request, fails));
        }
    }

    private static void answer(HttpServerRequest request, boolean fails) {
        if (request.response().closed()) {
            return;
        }
        request.response().setStatusCode(fails ? 500 : 200).putHeader(HttpHeaders.CONTENT_TYPE, Exchange.JSON);
        var _ = request.response().end(fails ? ERROR : ANSWER);
    }
}
