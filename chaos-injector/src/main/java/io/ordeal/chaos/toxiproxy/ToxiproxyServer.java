package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.ordeal.chaos.proxy.Loops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that speaks the Toxiproxy HTTP API, with proxies of its own.
public final class ToxiproxyServer implements AutoCloseable {
    /// The port that clients expect.
    public static final int USUAL_PORT = 8474;

    private static final Logger log = LoggerFactory.getLogger(ToxiproxyServer.class);

    private final Loops loops;
    private final ProxyStore store;
    private final HttpServer http;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ToxiproxyServer(Loops loops, ProxyStore store, HttpServer http, Optional<String> token) {
        this.loops = loops;
        this.store = store;
        this.http = http;
        http.setExecutor(threads);
        http.createContext("/", new ToxiproxyApi(store, token));
    }

    /// Starts a server with proxies.
    ///
    /// @param address of the API; port 0 takes a free one
    /// @param token that requests which change anything must carry, where one is needed
    /// @param proxies what a populate would get, where there is something
    /// @param seed of every random choice: with the same one, connections with the same number meet the same
    /// @throws IOException when it cannot listen, or a proxy cannot be made; then nothing runs
    public static ToxiproxyServer start(
            InetSocketAddress address, Optional<String> token, Optional<JsonNode> proxies, long seed)
            throws IOException {
        var loops = Loops.start();
        var store = new ProxyStore(loops, seed);
        try {
            if (proxies.isPresent()) {
                var problem = store.populate(new GoJson(proxies.get(), "")).problem();
                if (problem.isPresent()) {
                    throw new IOException(problem.get().text());
                }
            }
            var server = new ToxiproxyServer(loops, store, HttpServer.create(address, 128), token);
            server.http.start();
            log.atInfo()
                    .addKeyValue("api", server.address())
                    .addKeyValue("seed", seed)
                    .log("proxy server started");
            return server;
        } catch (IOException | RuntimeException e) {
            store.close();
            loops.close();
            throw e;
        }
    }

    /// Returns where the API listens, with its real port.
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /// Returns the proxies that there are, as `name listen -> upstream`.
    public List<String> proxies() {
        var lines = new ArrayList<String>();
        store.forEach(proxy -> lines.add(proxy.name() + " " + proxy.listen() + " -> " + proxy.upstream()));
        return lines;
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        http.stop(0);
        threads.shutdownNow();
        store.close();
        loops.close();
    }
}
