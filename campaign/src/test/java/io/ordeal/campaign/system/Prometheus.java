package io.ordeal.campaign.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A real Prometheus with the configuration of `compose/`: its rules, its features, its jobs as they stand; only what
/// they scrape is another place.
final class Prometheus implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path COMPOSE = Path.of(System.getProperty("ordeal.home"), "..", "..", "..", "compose")
            .normalize();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Starts one that scrapes `services`, by the name of their job; jobs without one are left out.
    static Prometheus start(Path folder, Map<String, URI> services) throws Exception {
        var binary = binary();
        assumeTrue(binary.isPresent(), "no Prometheus: name one by ORDEAL_TEST_PROMETHEUS, or run on Debian");
        var configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, configuration(services));
        int port = freePort();
        var command = new ArrayList<>(List.of(
                binary.get().toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(features());
        var output = folder.resolve("prometheus.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
        await().atMost(START).failFast(() -> fail(process, output)).until(prometheus::ready);
        return prometheus;
    }

    private static void fail(Process process, Path output) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(Files.readString(output));
        }
    }

    /// Returns the folder of the stack on one host.
    static Path compose() {
        return COMPOSE;
    }

    /// Returns the program: the one of `ORDEAL_TEST_PROMETHEUS`, or on Debian the one of its package.
    private static Optional<Path> binary() throws Exception {
        var named = Optional.ofNullable(System.getenv("ORDEAL_TEST_PROMETHEUS")).map(Path::of);
        if (named.isPresent() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return named;
        }
        var script = COMPOSE.resolve("stand-in").resolve("packages").toString();
        var packages = new ProcessBuilder(script, "forky", "prometheus", "promtool")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var root = new String(packages.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return packages.waitFor() == 0 ? Optional.of(Path.of(root, "usr", "bin", "prometheus")) : Optional.empty();
    }

    private static String configuration(Map<String, URI> services) throws IOException {
        var document = (ObjectNode) yaml(COMPOSE.resolve("prometheus").resolve("prometheus.yml"));
        var jobs = JSON.createArrayNode();
        for (var job : document.path("scrape_configs")) {
            var service = services.get(job.path("job_name").asText());
            if (service != null) {
                var own = (ObjectNode) job;
                own.remove("dns_sd_configs");
                own.putArray("static_configs")
                        .addObject()
                        .putArray("targets")
                        .add(service.getHost() + ":" + service.getPort());
                jobs.add(own);
            }
        }
        if (jobs.size() != services.size()) {
            throw new AssertionError("not every one of " + services.keySet() + " has a job among " + jobs);
        }
        document.set("scrape_configs", jobs);
        document.putArray("rule_files").add(COMPOSE.resolve("prometheus/rules") + "/*.yml");
        return document.toString(); // YAML, too
    }

    private static List<String> features() throws IOException {
        var services = yaml(COMPOSE.resolve("compose.yaml")).path("services");
        var features = new ArrayList<String>();
        for (var option : services.path("prometheus").path("command")) {
            if (option.asText().startsWith("--enable-feature")) {
                features.add(option.asText());
            }
        }
        return features;
    }

    private static JsonNode yaml(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// Returns its version.
    String version() {
        return api("status/buildinfo", Map.of()).path("data").path("version").asText();
    }

    /// Returns the answer of its HTTP API, which must be a success without warnings.
    JsonNode api(String path, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        try {
            var answer = JSON.readTree(get("/api/v1/" + path + query).body());
            if (!answer.path("status").asText().equals("success") || answer.has("warnings") || answer.has("infos")) {
                throw new AssertionError(parameters + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    /// Returns the only value of `query` now, or empty where there is none.
    Optional<Double> value(String query) {
        var result = api("query", Map.of("query", query)).path("data").path("result");
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(result.get(0).path("value").get(1).asDouble());
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        var _ = process.onExit()
                .orTimeout(END.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }
}
