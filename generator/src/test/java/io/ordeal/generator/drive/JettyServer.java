package io.ordeal.generator.drive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/// A server of another make: HTTP/1.1 and HTTP/2 with and without TLS, WebSocket under `/rooms`, event streams under
/// `/events`.
final class JettyServer implements AutoCloseable {
    private final Server server = new Server(new QueuedThreadPool(16));
    private final ServerConnector connector;
    final List<String> versions = new CopyOnWriteArrayList<>();
    final List<String> traces = new CopyOnWriteArrayList<>();
    final List<String> hosts = new CopyOnWriteArrayList<>();
    final Set<String> peers = ConcurrentHashMap.newKeySet();
    final AtomicInteger requests = new AtomicInteger();
    final Rooms rooms = new Rooms();

    private JettyServer(boolean secure, boolean demanding) {
        connector = secure ? secure(demanding) : plain();
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        var sockets = WebSocketUpgradeHandler.from(server, container -> container.addMapping("/rooms/*", rooms));
        sockets.setHandler(new Answers());
        server.setHandler(sockets);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Speaks HTTP/1.1 and, with prior knowledge, HTTP/2.
    static JettyServer started() {
        return new JettyServer(false, false);
    }

    /// Speaks TLS as `service` and `shop` of [TestKeys], HTTP/2 where the client wants it.
    static JettyServer secured() {
        return new JettyServer(true, false);
    }

    /// Speaks TLS with those only who show the certificate of `client`.
    static JettyServer demanding() {
        return new JettyServer(true, true);
    }

    private ServerConnector plain() {
        var config = new HttpConfiguration();
        return new ServerConnector(
                server, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
    }

    private ServerConnector secure(boolean demanding) {
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(TestKeys.services());
        tls.setKeyStorePassword(TestKeys.PASSWORD);
        if (demanding) {
            tls.setTrustStore(TestKeys.trusted());
            tls.setNeedClientAuth(true);
        }
        var config = new HttpConfiguration();
        config.addCustomizer(new SecureRequestCustomizer(false));
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return new ServerConnector(
                server,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(config),
                new HttpConnectionFactory(config));
    }

    int port() {
        return connector.getLocalPort();
    }

    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            requests.incrementAndGet();
            versions.add(request.getConnectionMetaData().getHttpVersion().asString());
            hosts.add(Request.getServerName(request));
            traces.add(String.valueOf(request.getHeaders().get("traceparent")));
            peers.add(String.valueOf(request.getConnectionMetaData().getRemoteSocketAddress()));
            var path = Request.getPathInContext(request);
            if (path.startsWith("/events")) {
                response.getHeaders().put("content-type", "text/event-stream");
                events(response, callback, 0);
            } else if (!path.startsWith("/stuck")) {
                Content.Sink.write(response, true, "ok", callback);
            }
            return true;
        }

        /// Six events, one at a time, of which four are tokens, and a last one.
        private void events(Response response, Callback callback, int event) {
            var texts = List.of(
                    ": hello\n\n",
                    "event: start\ndata: {}\n\n",
                    "event: token\ndata: one\n\n",
                    "event: token\r\ndata: two\r\ndata: lines\r\n\r\n",
                    "event: token\ndata: three\n\n",
                    "event: token\ndata: four\n\n",
                    "data: [DONE]\n\n");
            if (event == texts.size()) {
                callback.succeeded();
                return;
            }
            response.write(
                    event == texts.size() - 1,
                    StandardCharsets.UTF_8.encode(texts.get(event)),
                    Callback.from(() -> events(response, callback, event + 1), callback::failed));
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
