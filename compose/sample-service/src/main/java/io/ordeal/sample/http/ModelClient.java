package io.ordeal.sample.http;

import io.ordeal.sample.counts.ServiceMetrics;
import io.ordeal.sample.limits.CircuitBreaker;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the downstream model, guarded by a time-out and a circuit breaker, and always has an answer.
final class ModelClient {

    private static final int CONNECTIONS = 1024;

    /// What a question brings.
    sealed interface Answer {}

    /// The model's answer.
    record Generated(String text, int tokens) implements Answer {}

    /// The answer without the model, and why: `open`, `timeout` or `error`.
    record Fallback(String reason) implements Answer {}

    private record Reply(int status, Buffer body) {}

    private final LiveBehaviour behaviour;
    private final ServiceMetrics metrics;
    private final String host;
    private final int port;
    private final CircuitBreaker breaker;
    // Held for as long as the service lives: a client that nothing refers to is closed with all its connections.
    private final HttpClient client;

    ModelClient(Vertx vertx, LiveBehaviour behaviour, ServiceMetrics metrics, String host, int port) {
        this.behaviour = behaviour;
        this.metrics = metrics;
        this.host = host;
        this.port = port;
        this.breaker = new CircuitBreaker(behaviour.now().breaker());
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        behaviour.follow(changed -> breaker.adopt(changed.breaker()));
    }

    /// Asks; the future never fails.
    Future<Answer> ask(String question) {
        OptionalLong ticket = breaker.acquire(System.nanoTime());
        metrics.breaker(breaker.state());
        if (ticket.isEmpty()) {
            metrics.modelCalled("open");
            return Future.succeededFuture(new Fallback("open"));
        }
        return call(question).transform(result -> {
            Answer answer = answer(result);
            breaker.report(ticket.getAsLong(), answer instanceof Generated, System.nanoTime());
            metrics.breaker(breaker.state());
            metrics.modelCalled(
                    switch (answer) {
                        case Generated _ -> "ok";
                        case Fallback(String reason) -> reason;
                    });
            return Future.succeededFuture(answer);
        });
    }

    private Future<Reply> call(String question) {
        long millis = behaviour.now().model().timeout().toMillis();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host)
                .setPort(port)
                .setURI("/generate")
                .setConnectTimeout(millis);
        Buffer body = new JsonObject().put("question", question).toBuffer();
        return client.request(options).compose(request -> exchange(request, body, millis));
    }

    /// One exchange; when its time is over the request is reset, so that a slow model does not use up the
    /// connections.
    private static Future<Reply> exchange(HttpClientRequest request, Buffer body, long millis) {
        return request.send(body)
                .compose(response -> response.body().map(whole -> new Reply(response.statusCode(), whole)))
                .timeout(millis, TimeUnit.MILLISECONDS)
                .onFailure(_ -> request.reset());
    }

    private static Answer answer(AsyncResult<Reply> result) {
        if (result.failed()) {
            return new Fallback(result.cause() instanceof TimeoutException ? "timeout" : "error");
        }
        try {
            JsonObject json = result.result().body().toJsonObject();
            return result.result().status() == 200
                    ? new Generated(json.getString("answer", ""), json.getInteger("tokens", 0))
                    : new Fallback("error");
        } catch (DecodeException | ClassCastException _) {
            return new Fallback("error");
        }
    }
}
