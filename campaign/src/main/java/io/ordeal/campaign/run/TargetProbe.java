package io.ordeal.campaign.run;

import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks whether a service answers at all, before any load is put on it.
final class TargetProbe {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TargetProbe() {}

    /// Returns why nothing answers at `address`, or empty when something does; any HTTP status is an answer. A service
    /// that may speak HTTP/2 only, or that the plan says how to trust, need only listen.
    static Optional<String> problem(URI address, Connections connections) throws InterruptedException {
        return connections.version() == HttpVersion.HTTP_2 || connections.tls().isPresent()
                ? listening(address)
                : answering(address);
    }

    private static Optional<String> listening(URI address) {
        int standard = "https".equals(address.getScheme()) ? HTTPS : HTTP;
        int port = address.getPort() == -1 ? standard : address.getPort();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), (int) PATIENCE.toMillis());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    private static Optional<String> answering(URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            client.send(request, BodyHandlers.discarding());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    private static String words(IOException failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
