package io.ordeal.campaign.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks whether a service answers at all, before any load is put on it.
final class TargetProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TargetProbe() {}

    /// Returns why nothing answers at `address`, or empty when something does; any HTTP status is an answer.
    static Optional<String> problem(URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            client.send(request, BodyHandlers.discarding());
            return Optional.empty();
        } catch (IOException e) {
            var message = e.getMessage();
            return Optional.of(
                    message == null || message.isBlank() ? e.getClass().getSimpleName() : message);
        }
    }
}
