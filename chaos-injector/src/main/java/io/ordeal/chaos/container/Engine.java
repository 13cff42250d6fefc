package io.ordeal.chaos.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A Docker engine, asked over HTTP/1.1, one connection a request. Small on purpose: a guard of 16 MB heap uses it too.
///
/// @param address `unix:///path` or `tcp://host:port`
record Engine(String address) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_PROBLEM = 400;
    private static final int NOT_FOUND = 404;
    private static final int DOCKER_PORT = 2375;
    private static final long LIMIT_SECONDS = 10;

    /// The engine refuses, or cannot be reached.
    static final class Refused extends IllegalStateException {
        Refused(String message) {
            super(message);
        }
    }

    private record Answer(int status, JsonNode json) {}

    /// Returns what it says of a container, or empty where there is none of that name or id.
    Optional<ContainerState> inspect(String container) {
        var answer = exchange("GET", "/containers/" + container + "/json", "");
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(ContainerState.of(checked("GET", answer)));
    }

    /// Does something to a container.
    ///
    /// @param what the end of the path, with its query
    /// @param body JSON, or empty
    void post(String container, String what, String body) {
        checked("POST " + what, exchange("POST", "/containers/" + container + "/" + what, body));
    }

    /// Returns why it cannot be used, or empty where it answers.
    Optional<String> problem() {
        try {
            return exchange("GET", "/_ping", "").status() < FIRST_PROBLEM
                    ? Optional.empty()
                    : Optional.of(address + " is no Docker engine");
        } catch (Refused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode checked(String what, Answer answer) {
        var json = answer.json();
        // 304, it is so already, is well.
        if (answer.status() >= FIRST_PROBLEM) {
            throw new Refused(
                    "the engine refuses " + what + ": " + json.path("message").asText("status " + answer.status()));
        }
        return json;
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw new Refused("the engine's answer cannot be read: " + e.getMessage());
        }
    }

    private Answer exchange(String method, String path, String body) {
        var answer = new CompletableFuture<Answer>();
        try (var channel = open()) {
            var worker = Thread.ofVirtual().name("docker").start(() -> {
                try {
                    answer.complete(exchange(channel, method, path, body));
                } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            try {
                return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                worker.interrupt();
            }
        } catch (IOException e) {
            throw new Refused("the engine at " + address + " does not answer: " + e.getMessage());
        } catch (ExecutionException e) {
            throw new Refused("the engine at " + address + " does not answer: " + e.getCause());
        } catch (TimeoutException _) {
            throw new Refused("the engine at " + address + " does not answer within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted while the engine was asked");
        }
    }

    private SocketChannel open() throws IOException {
        var uri = URI.create(address);
        if (address.startsWith("unix://")) {
            return SocketChannel.open(UnixDomainSocketAddress.of(Path.of(uri.getPath())));
        }
        return SocketChannel.open(
                new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DOCKER_PORT : uri.getPort()));
    }

    private static Answer exchange(SocketChannel channel, String method, String path, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = method + " " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
                + (bytes.length > 0 ? "Content-Type: application/json\r\n" : "")
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        write(channel, head.getBytes(StandardCharsets.US_ASCII));
        write(channel, bytes);
        return parse(Channels.newInputStream(channel).readAllBytes());
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static Answer parse(byte[] all) throws IOException {
        var text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        var status = text.split(" ", 3);
        if (end < 0 || status.length < 3 || !status[1].matches("[0-9]{3}")) {
            throw new IOException("no HTTP answer");
        }
        var head = text.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        var rest = new ByteArrayInputStream(all, end + 4, all.length - end - 4);
        var body = head.contains("transfer-encoding: chunked") ? chunks(rest) : rest.readAllBytes();
        return new Answer(Integer.parseInt(status[1]), json(body));
    }

    private static byte[] chunks(ByteArrayInputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            int size = line.isEmpty()
                    ? 0
                    : Integer.parseInt(line.toString().strip().replaceFirst(";.*", ""), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.write(in.readNBytes(size));
            in.skipNBytes(2);
        }
    }
}
