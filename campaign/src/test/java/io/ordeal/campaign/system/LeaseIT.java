package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.campaign.run.ChaosDesk;
import io.ordeal.campaign.run.ChaosView;
import io.ordeal.chaos.ChaosInjectorService;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.runtime.Settings;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults that end with those who asked for them, and injectors that share the topics.
class LeaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAPSED = Duration.ofSeconds(16);

    @TempDir
    private static Path folder;

    private static Site site;
    private static ChaosInjectorService first;
    private static ChaosInjectorService second;

    @BeforeAll
    static void start() throws IOException {
        site = new Site(folder);
        first = injector("first", "targets: {api: {proxy: {upstream: \"%s\"}}}".formatted(site.address()));
        second = injector("second", "targets: {db: {process: {command: [sleep, \"1000\"]}}}");
        await().atMost(PATIENCE).until(() -> first.ready() && second.ready());
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        site.close();
    }

    private static ChaosInjectorService injector(String name, String policy) throws IOException {
        var settings =
                new Settings(name, site.cluster().settings(), "127.0.0.1", 0, folder.resolve(name), Optional.empty());
        var file = Files.writeString(folder.resolve(name + ".yaml"), policy);
        assertThat(InjectorConfiguration.read(file).targets()).hasSize(1);
        return ChaosInjectorService.start(settings, file);
    }

    @Test
    void aFaultEndsWithTheCommandThatHeldItByKill9Too() throws Exception {
        try (var command = command("chaos", "inject", "pause", "--on", "db", "--for", "5m", "--lease", "4s")) {
            await().atMost(PATIENCE).until(() -> command.said().contains("held"));
            await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(20)).until(() -> inForce() == 1);
            command.process().destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(8)).until(() -> inForce() == 0);
        }
    }

    @Test
    void aFaultIsClearedAtOnceWhenTheCommandThatHeldItIsInterrupted() throws Exception {
        try (var command = command("chaos", "inject", "pause", "--on", "db", "--for", "5m", "--lease", "30s")) {
            await().atMost(PATIENCE).until(() -> command.said().contains("held"));
            command.signal("INT");
            assertThat(command.process().waitFor()).isEqualTo(105);
            assertThat(command.said()).contains("is reverted");
            assertThat(inForce()).isZero();
        }
    }

    @Test
    void theFaultsOfARunEndWhenItsRunnerIsKilled() throws Exception {
        var document = Files.writeString(folder.resolve("held.yaml"), """
            name: held
            target: %s
            segments: 1
            scenarios:
              read: {steps: [{get: /}]}
            phases:
              - {name: steady, rate: 10/s, for: 300s}
            faults:
              - {use: NF-002, on: api, at: 1s, for: 200s}
            objectives:
              - p95 < 5s
            """.formatted("http://" + site.address()));
        site.generator("g", Map.of());
        try (var run = command(
                "run", document.toString(), "--out", folder.resolve("out").toString(), "--quiet")) {
            await().atMost(PATIENCE).until(() -> inForce() == 1);
            // Longer than the lease: it is the runner that keeps it.
            await().during(LAPSED).atMost(LAPSED.multipliedBy(2)).until(() -> inForce() == 1);
            run.process().destroyForcibly().waitFor();
            await().atMost(LAPSED).until(() -> inForce() == 0);
        }
    }

    @Test
    void eachInjectorAnswersForItsOwnTargetsAndOneForAllThatNobodyHas() throws Exception {
        try (var desk = ChaosDesk.open(site.cluster(), "two")) {
            assertThat(desk.inject(fault("t-1", "db")).lines())
                    .first()
                    .asString()
                    .contains("in force");
            assertThat(desk.rehearse(fault("t-2", "db")).done())
                    .as("it cannot be combined")
                    .isFalse();
            assertThat(desk.clearAll().lines()).contains("t-1 is reverted", "no fault is in force");
            assertThat(desk.rehearse(fault("t-3", "db")).lines()).anyMatch(line -> line.startsWith("  1. "));
            assertThat(desk.inject(fault("t-4", "moon")).lines())
                    .containsExactly("no injector knows the target `moon`", "known are api, db");
        }
        var rejections = new ArrayList<String>();
        for (var event : site.lifecycle()) {
            if (event.run().equals("two") && event.event() instanceof FaultRejected rejected) {
                rejections.add(event.source() + " " + rejected.fault());
            }
        }
        assertThat(rejections).containsExactly("chaos-injector@second t-2");
    }

    private static FaultSpec fault(String id, String target) {
        return new FaultSpec(id, "pause", target, Map.of(), Duration.ofMinutes(1), 1, Duration.ZERO);
    }

    private static Child command(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        var kafka = site.cluster().settings();
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers(), "--registry-url", kafka.registryUrl()));
        return Child.start(folder, Map.of(), all.toArray(String[]::new));
    }

    private static long inForce() {
        return ChaosView.status(site.cluster()).stream()
                .filter(line -> line.startsWith("in force"))
                .count();
    }
}
