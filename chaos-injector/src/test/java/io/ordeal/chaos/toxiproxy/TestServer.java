package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A server of ours on a free port, with an echo to lead to.
final class TestServer implements AutoCloseable {
    private final ToxiproxyServer server;
    private final ServerSocket echo;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer(Optional<String> token, Optional<String> proxies) throws IOException {
        echo = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("echo").start(this::accept);
        Optional<JsonNode> populate = proxies.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectMapper().readTree(proxies.get().replace("ECHO", upstream())));
        server = ToxiproxyServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), token, populate, 42);
    }

    TestServer() throws IOException {
        this(Optional.empty(), Optional.empty());
    }

    int port() {
        return server.address().getPort();
    }

    String upstream() {
        return "127.0.0.1:" + echo.getLocalPort();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /// Sends a request; `ECHO` in a body stands for the echo's address.
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api() + path))
                .timeout(Duration.ofSeconds(5))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace("ECHO", upstream())));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Returns status and body.
    String answer(String method, String path, String body) throws IOException, InterruptedException {
        var response = send(method, path, body);
        return response.statusCode() + " " + response.body();
    }

    /// Connects to the proxy called `name`.
    Socket connect(String name) throws IOException, InterruptedException {
        var listen = new ObjectMapper()
                .readTree(send("GET", "/proxies/" + name, "").body())
                .path("listen")
                .asText();
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1))),
                5_000);
        return socket;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        echo.close();
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = echo.accept();
                open.add(socket);
                Thread.ofVirtual().name("echo").start(() -> echo(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // reset
        }
    }
}
