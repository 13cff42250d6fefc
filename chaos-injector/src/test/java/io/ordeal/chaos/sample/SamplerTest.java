package io.ordeal.chaos.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.schemas.resources.ResourceSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What this host and this process use, and a target that answers, one that does not and one that has gone.
class SamplerTest {
    private final List<ResourceSample> heard = new CopyOnWriteArrayList<>();

    @Test
    void saysWhatTheHostAndTheTargetsUseThoughOneHangs() throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        var own = ProcessId.of(ProcessHandle.current().pid());
        try (var silent = new ServerSocket(0, 50, loopback);
                var server = new ServerSocket(0, 50, loopback);
                var client = new Socket(loopback, server.getLocalPort());
                var accepted = server.accept()) {
            var metrics = metrics();
            try (var sampler = sampler(metrics.getAddress().getPort(), silent.getLocalPort(), own)) {
                assertThat(sampler).isNotNull();
                assertThat(client.isConnected() && accepted.isConnected()).isTrue();
                awaitReading("", "cpu_cores");
                awaitReading("own", "cpu_cores");
                awaitReading("hanging", "memory_bytes");
            } finally {
                metrics.stop(0);
            }
        }
        assertThat(last("").values())
                .containsKeys(
                        "cpu",
                        "memory",
                        "memory_bytes",
                        "memory_total_bytes",
                        "threads",
                        "threads_limit",
                        "open_files",
                        "open_files_limit",
                        "connections");
        assertThat(last("").values().get("cpu")).isBetween(0.0, 1.0);
        assertThat(last("").values().get("memory")).isBetween(0.01, 1.0);
        assertThat(last("").values().get("memory_bytes")).isPositive();
        assertThat(last("own").values())
                .containsEntry("queue_depth", 7.0)
                .containsKeys("cpu", "memory_bytes", "threads", "open_files", "open_files_limit", "disk_bytes");
        assertThat(last("own").values().get("memory")).isBetween(0.0001, 1.0);
        assertThat(last("own").values().get("connections")).isGreaterThanOrEqualTo(2);
        assertThat(last("own").run()).isEmpty();
        assertThat(last("own").host()).isEqualTo("here");
        assertThat(heard).noneMatch(sample -> sample.process().equals("gone"));
    }

    @Test
    void followsAChangedConfiguration() {
        var own = ProcessId.of(ProcessHandle.current().pid());
        var first = InjectorConfiguration.parse("samples.yaml", """
            targets:
              first: {process: {pid-file: /run/own.pid}}
              stays: {process: {pid-file: /run/own.pid}}
            """);
        var second = InjectorConfiguration.parse("samples.yaml", """
            targets:
              second: {process: {pid-file: /run/own.pid}}
              stays: {process: {pid-file: /run/own.pid}}
            """);
        try (var sampler =
                Sampler.start(new Sampler.World("here", _ -> own, outlet(), InstantSource.system()), first)) {
            awaitReading("first", "memory_bytes");
            sampler.adopt(second);
            awaitReading("second", "cpu");
            heard.clear();
            awaitReading("second", "cpu");
            awaitReading("stays", "cpu");
            awaitReading("", "cpu");
            assertThat(heard).noneMatch(sample -> sample.process().equals("first"));
        }
    }

    private Sampler sampler(int port, int silentPort, Optional<ProcessId> own) {
        var configuration = InjectorConfiguration.parse("samples.yaml", """
            targets:
              own:
                process: {pid-file: /run/own.pid}
                samples: {prometheus: "http://127.0.0.1:%d/metrics", metrics: {queue_depth: 'queue{pool="a"}'}}
              hanging:
                process: {pid-file: /run/own.pid}
                samples: {prometheus: "http://127.0.0.1:%d/metrics", metrics: {queue_depth: queue}}
              gone: {process: {pid-file: /run/gone.pid}}
            """.formatted(port, silentPort));
        return Sampler.start(
                new Sampler.World(
                        "here",
                        target -> target.equals("gone") ? Optional.empty() : own,
                        outlet(),
                        InstantSource.system()),
                configuration);
    }

    private SampleOutlet outlet() {
        return new SampleOutlet() {
            @Override
            public void say(ResourceSample sample) {
                heard.add(sample);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    private static HttpServer metrics() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            var body = "queue{pool=\"a\"} 7\nqueue{pool=\"b\"} 9\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void awaitReading(String process, String reading) {
        Awaitility.await("waiting for " + reading + " of " + process)
                .atMost(Duration.ofSeconds(20))
                .until(() -> heard.stream()
                        .filter(sample -> sample.process().equals(process))
                        .map(ResourceSample::values)
                        .map(Map::keySet)
                        .anyMatch(names -> names.contains(reading)));
    }

    private ResourceSample last(String process) {
        return heard.stream()
                .filter(sample -> sample.process().equals(process))
                .reduce((_, later) -> later)
                .orElseThrow();
    }
}
