package io.ordeal.chaos.sample;

import io.ordeal.chaos.policy.Metrics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads what targets measure of themselves. One that does not answer in time, or at too great length, gives no
/// readings.
final class Scraper implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final int LARGEST = 4 << 20;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /// Returns the readings that `metrics` names, as far as they can be had in time.
    Map<String, Double> read(Metrics metrics) throws InterruptedException {
        var request = HttpRequest.newBuilder(metrics.url())
                .timeout(TIMEOUT)
                .header("Accept", "text/plain")
                .build();
        var body = BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST);
        var answer = client.sendAsync(request, body);
        try {
            var response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return response.statusCode() == OK ? PrometheusText.read(response.body(), metrics.selectors()) : Map.of();
        } catch (ExecutionException | TimeoutException _) {
            return Map.of();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
