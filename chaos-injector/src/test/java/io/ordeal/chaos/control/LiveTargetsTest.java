package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller with real proxies, processes and CPU load.
class LiveTargetsTest {
    private static final Duration SHORT = Duration.ofMillis(900);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private InjectorConfiguration configuration;
    private Journal journal;
    private Targets targets;
    private Controller controller;

    @BeforeEach
    void start() throws IOException {
        configuration = InjectorConfiguration.parse("test.yaml", """
            targets:
              api:
                proxy: {upstream: "127.0.0.1:9"}
                process: {command: [sleep, "1000"]}
              host: {host: {}}
              file:
                process: {pid-file: "%s"}
            """.formatted(folder.resolve("pid")));
        journal = Journal.open(folder, Instant.now());
        targets = Targets.start(configuration, folder, journal, InstantSource.system());
        controller = new Controller(
                configuration,
                new Controller.World(
                        targets, journal, heard, new FaultMetrics(registry), () -> true, InstantSource.system()));
        Awaitility.await().until(targets::ready);
    }

    @AfterEach
    void stop() throws IOException {
        controller.close();
        targets.close();
        journal.close();
    }

    @Test
    void measuresLatencyBeforeDuringAndAfter() {
        inject("latency", "api", SHORT, Map.of("latency", "60ms", "jitter", "10ms", "direction", "both"));
        var applied = heard.await(FaultApplied.class);
        var reverted = heard.await(FaultReverted.class);
        assertThat(millis(applied.evidence().getOrDefault("rtt_during", "none")))
                .isBetween(98.0, 400.0);
        assertThat(applied.evidence()).containsKeys("rtt_before", "connections", "connections_hit");
        assertThat(reverted.evidence()).containsKey("rtt_after");
    }

    @Test
    void measuresTheSilenceOfAPartitionAndThatNothingIsLost() {
        inject("partition", "api", SHORT, Map.of());
        assertThat(heard.await(FaultApplied.class).evidence()).containsKey("silence");
        assertThat(heard.await(FaultReverted.class).evidence()).containsEntry("held_data", "delivered");
    }

    @Test
    void seesResetsOfOpenAndNewConnections() {
        inject("reset", "api", SHORT, Map.of());
        assertThat(heard.await(FaultApplied.class).evidence()).containsEntry("connections_open_and_new", "reset");
        assertThat(heard.await(FaultReverted.class).evidence()).containsKey("rtt_after");
    }

    @Test
    void measuresBandwidth() {
        inject("bandwidth", "api", SHORT, Map.of("rate", "50KB/s"));
        assertThat(heard.await(FaultApplied.class).evidence().get("rate_during"))
                .endsWith("KB/s");
        heard.await(FaultReverted.class);
    }

    @Test
    void killsAProcessKeepsItDownAndBringsItBack() {
        inject("kill", "api", SHORT, Map.of());
        var applied = heard.await(FaultApplied.class);
        long pid = Long.parseLong(applied.evidence().getOrDefault("pid", "none"));
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        var reverted = heard.await(FaultReverted.class);
        assertThat(reverted.evidence().get("pid_after")).isNotEqualTo(String.valueOf(pid));
        assertThat(targets.ready()).isTrue();
    }

    @Test
    void pausesAProcessAndLetsItGoOn() {
        inject("pause", "api", SHORT, Map.of());
        assertThat(heard.await(FaultApplied.class).evidence()).containsEntry("state", "T");
        assertThat(heard.await(FaultReverted.class).evidence().get("state")).isNotEqualTo("T");
    }

    @Test
    void pausesTheProcessThatAPidFileNames() throws IOException {
        var process = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(folder.resolve("pid"), process.pid() + "\n");
            inject("pause", "file", SHORT, Map.of());
            assertThat(heard.await(FaultApplied.class).evidence())
                    .containsEntry("pid", String.valueOf(process.pid()))
                    .containsEntry("state", "T");
            heard.await(FaultReverted.class);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void neverTouchesItself() throws IOException {
        Files.writeString(
                folder.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
        inject("pause", "file", SHORT, Map.of());
        assertThat(heard.await(FaultRejected.class).reasons())
                .singleElement()
                .asString()
                .contains("must not be touched");
    }

    @Test
    void loadsTheProcessorAndLeavesNoHelper() {
        inject("cpu", "host", Duration.ofSeconds(20), Map.of("load", "50%", "cores", "1"));
        var applied = heard.await(FaultApplied.class);
        assertThat(applied.evidence()).containsKeys("helper", "helper_load");
        controller.command(Commands.command(new Command.ClearAllFaults("enough")));
        assertThat(heard.await(FaultReverted.class).evidence()).containsEntry("helpers_left", "0");
    }

    @Test
    void bringsAProcessBackThatDiesByItself() {
        var first = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"))
                .findFirst()
                .orElseThrow();
        first.destroyForcibly();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> !first.isAlive() && targets.ready());
    }

    @Test
    void clearsOverHttpForWhoHasTheToken() throws Exception {
        try (var server = ProbeServer.start("test", "127.0.0.1", 0, targets::ready, registry)) {
            HttpApi.serve(server, Optional.of("secret"), targets, controller);
            inject("pause", "api", LONG, Map.of());
            heard.await(FaultApplied.class);
            assertThat(get(server, "/faults")).contains("\"id\":\"f\"", "\"state\":\"applied\"");
            assertThat(get(server, "/targets")).contains("\"name\":\"api\"", "\"listen\":\"127.0.0.1:");
            assertThat(clear(server, "wrong")).isEqualTo(401);
            assertThat(heard.facts()).hasSize(2).first().isInstanceOf(FaultAccepted.class);
            assertThat(clear(server, "secret")).isEqualTo(200);
            heard.await(FaultReverted.class);
            assertThat(get(server, "/metrics"))
                    .contains("ordeal_injector_faults_total{kind=\"pause\",result=\"reverted\"} 1.0")
                    .contains("ordeal_injector_faults_total{kind=\"reset\",result=\"applied\"} 0.0");
        }
        assertThat(heard.facts()).noneMatch(FaultFailed.class::isInstance);
    }

    private void inject(String kind, String target, Duration duration, Map<String, String> parameters) {
        controller.command(Commands.inject("f", kind, target, duration, parameters));
    }

    private static double millis(String text) {
        return Double.parseDouble(text.replace("ms", ""));
    }

    private static String get(ProbeServer server, String path) throws Exception {
        return send(HttpRequest.newBuilder(url(server, path)).build()).body();
    }

    private static int clear(ProbeServer server, String token) throws Exception {
        return send(HttpRequest.newBuilder(url(server, "/faults/clear"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI url(ProbeServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
