package io.ordeal.runtime.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// The HTTP server of a service: `/live`, `/ready`, `/metrics`, and what the service adds.
public final class ProbeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final JvmGcMetrics gc;

    private ProbeServer(HttpServer server, ExecutorService threads, JvmGcMetrics gc) {
        this.server = server;
        this.threads = threads;
        this.gc = gc;
    }

    /// Starts listening.
    ///
    /// @param component the kind of service, as `ordeal_build_info` carries it
    /// @param port 0 picks a free one
    /// @param ready whether the service does its work now
    /// @param registry where the service has its metrics; the JVM's are added
    public static ProbeServer start(
            String component, String host, int port, BooleanSupplier ready, PrometheusRegistry registry) {
        try {
            var server = HttpServer.create(new InetSocketAddress(host, port), 64);
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/live", exchange -> answer(exchange, 200, "live\n"));
            server.createContext("/ready", exchange -> {
                boolean now = ready.getAsBoolean();
                answer(exchange, now ? 200 : 503, now ? "ready\n" : "not ready\n");
            });
            server.createContext("/metrics", new MetricsHandler(registry));
            var gc = bindJvm(component, registry);
            server.start();
            return new ProbeServer(server, threads, gc);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
        }
    }

    /// Returns the port that it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Adds what is served below `path`.
    public void handle(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    /// Adds what is served below `path` to requests that carry `Authorization: Bearer TOKEN`; without a token, to
    /// none.
    public void handleGuarded(String path, Optional<String> token, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (token.isPresent() && carries(exchange, token.get())) {
                handler.handle(exchange);
            } else {
                answer(
                        exchange,
                        token.isPresent() ? 401 : 403,
                        token.isPresent() ? "wrong token\n" : "no token is set\n");
            }
        });
    }

    /// Answers with plain text and ends the exchange.
    public static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, "text/plain; charset=utf-8", text);
    }

    /// Answers with `text` of `contentType` and ends the exchange.
    public static void answer(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        gc.close();
    }

    private static boolean carries(HttpExchange exchange, String token) {
        var given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        // Constant time, so that the answer's delay says nothing about the token.
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private static JvmGcMetrics bindJvm(String component, PrometheusRegistry registry) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        var gc = new JvmGcMetrics();
        gc.bindTo(meters);
        var version = Optional.ofNullable(ProbeServer.class.getPackage().getImplementationVersion());
        Gauge.builder()
                .name("ordeal_build_info")
                .help("The version that runs; always 1")
                .labelNames("version", "component")
                .register(registry)
                .labelValues(version.orElse("development"), component)
                .set(1);
        return gc;
    }
}
