package io.ordeal.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service as a process: its start, its signals, its end.
final class SampleServiceTest {

    private static final String READY = "sample-service ready on ";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
        client.shutdownNow();
    }

    @Test
    void countsOutliveAKill() throws Exception {
        String file = directory.resolve("counts").toString();
        Process first = start("--port", "0", "--counts-file", file, "--set", "operations.items-list.latency=60000");
        String url = url(first);
        for (int i = 0; i < 25; i++) {
            get(url + "/items/1");
        }
        var _ = getAsync(url + "/items");
        await().until(() -> counts(url).getLong("received") == 26);
        first.destroyForcibly();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();

        Process second = start("--port", "0", "--counts-file", file);
        String again = url(second);
        get(again + "/items/1");
        assertThat(counts(again))
                .isEqualTo(
                        new JsonObject("{\"received\":27,\"answered\":26,\"abandoned\":0,\"inFlight\":0,\"lost\":1}"));
    }

    @Test
    void afterSigtermWhatIsInFlightIsAnsweredAndTheExitIsZero() throws Exception {
        Process service = start("--port", "0", "--set", "operations.items-list.latency=1000");
        String url = url(service);
        CompletableFuture<HttpResponse<String>> answer = getAsync(url + "/items");
        await().until(() -> counts(url).getLong("inFlight") == 1);
        service.destroy();
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isZero();
    }

    @Test
    void healthSays503WhileItDrains() throws Exception {
        Process service = start("--port", "0", "--drain-ms", "60000");
        String url = url(service);
        assertThat(get(url + "/health").statusCode()).isEqualTo(200);
        service.destroy();
        await().until(() -> get(url + "/health").statusCode() == 503);
        assertThat(get(url + "/items/1").statusCode()).isEqualTo(200);
    }

    @Test
    void endsWhenItsParentIsGone() throws Exception {
        Process service = start("--port", "0", "--exit-with-parent");
        url(service);
        service.getOutputStream().close();
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isZero();
    }

    @Test
    void namesAllThatIsWrongAndEndsWithTwo() throws Exception {
        Process service = start(
                "--port", "x", "--set", "default.errorRate=7", "--model-at", "nowhere", "--behaviour", "/none", "--y");
        String problems = new String(service.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(2);
        assertThat(problems.lines().filter(it -> !it.startsWith("WARNING")))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).startsWith("--y: unknown"),
                        it -> assertThat(it).startsWith("--port: 'x'"),
                        it -> assertThat(it).startsWith("behaviour: default.errorRate: 7"),
                        it -> assertThat(it).startsWith("--model-at: 'nowhere' is not HOST:PORT"),
                        it -> assertThat(it).startsWith("--behaviour: /none cannot be read"));
    }

    @Test
    void aPortInUseEndsItWithOne() throws Exception {
        String url = url(start("--port", "0"));
        Process second = start("--port", Integer.toString(URI.create(url).getPort()));
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.ordeal.sample.SampleService"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String url(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        assertThat(line).startsWith(READY);
        return line.substring(READY.length());
    }

    private JsonObject counts(String url) throws IOException, InterruptedException {
        return new JsonObject(get(url + "/admin/counts").body()).getJsonObject("total");
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> getAsync(String url) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
