package io.ordeal.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;

/// A server on one event loop that answers 11 bytes, and `/count` with the number of answers so far. Says `ready on
/// ADDRESS`.
public final class SmallServer {
    private static final Buffer PAGE = Buffer.buffer("hello world");
    private static final int BACKLOG = 4096;

    private long answered;

    private SmallServer() {}

    /// Serves until it is killed.
    public static void main(String[] args) {
        var server = new SmallServer();
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        var listening = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
                .requestHandler(request -> {
                    server.answered++;
                    var body = "/count".equals(request.path()) ? Buffer.buffer(String.valueOf(server.answered)) : PAGE;
                    request.response().end(body);
                })
                .listen(0, "127.0.0.1")
                .await();
        System.out.println("ready on http://127.0.0.1:" + listening.actualPort());
    }
}
