package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.runtime.process.Repeating;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.LifecycleEvent.PolicyRefused;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.lifecycle.TargetInfo;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy that changes while the injector runs, on real proxies and processes.
class PolicyWatchTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String TWO = """
        targets:
          one: {process: {command: [sleep, "1001"]}}
          two: {process: {command: [sleep, "1002"]}}
        """;

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private Path file;
    private Journal journal;
    private Targets targets;
    private Controller controller;
    private Announcements announcements;
    private Repeating watch;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("chaos.yaml"), TWO);
        var configuration = InjectorConfiguration.read(file);
        journal = Journal.open(folder, Instant.now());
        targets = Targets.start(configuration, folder, journal, InstantSource.system());
        var metrics = new FaultMetrics(new PrometheusRegistry());
        controller = new Controller(
                configuration,
                new Controller.World(targets, journal, heard, metrics, () -> true, InstantSource.system()));
        announcements = Announcements.start(targets, heard, InstantSource.system());
        watch = PolicyWatch.start(
                file,
                TWO,
                Duration.ofMillis(20),
                new PolicyWatch.World(
                        targets, controller, heard, metrics, InstantSource.system(), c -> c, announcements::say));
        heard.await(InjectorAnnounced.class);
        Awaitility.await().until(targets::ready);
    }

    @AfterEach
    void stop() throws IOException {
        watch.close();
        announcements.close();
        controller.close();
        targets.close();
        journal.close();
    }

    @Test
    void holdsForTheNextFaultAndLeavesThoseInForceAlone() throws IOException {
        pause("f-1", "one");
        heard.await(FaultApplied.class);
        var before = sleepers();
        change("limits: {max-duration: 1m}\n" + TWO);
        heard.await(InjectorAnnounced.class, 2);
        pause("f-2", "two");
        assertThat(heard.await(FaultRejected.class).reasons())
                .containsExactly("a duration of 5m exceeds the limit of 1m");
        assertThat(sleepers()).isEqualTo(before);
        assertThat(heard.facts()).noneMatch(FaultReverted.class::isInstance);
    }

    @Test
    void startsWhatIsNewAndEndsWhatHasGone() throws IOException {
        change("""
            targets:
              two: {process: {command: [sleep, "1002"]}}
              three: {process: {command: [sleep, "1003"]}, proxy: {upstream: "127.0.0.1:9"}}
            """);
        var announced = heard.await(InjectorAnnounced.class, 2);
        assertThat(announced.targets()).extracting(TargetInfo::name).containsExactly("two", "three");
        Awaitility.await().untilAsserted(() -> assertThat(sleepers()).containsExactly("1002", "1003"));
        assertThat(targets.listenAddress("three")).isPresent();
        pause("f-1", "three");
        heard.await(FaultApplied.class);
    }

    @Test
    void revertsAFaultBeforeItsTargetGoes() throws IOException {
        pause("f-1", "one");
        heard.await(FaultApplied.class);
        change("""
            targets:
              two: {process: {command: [sleep, "1002"]}}
            """);
        assertThat(heard.await(FaultReverted.class).cause()).isEqualTo(RevertCause.CLEARED);
        heard.await(InjectorAnnounced.class, 2);
        Awaitility.await().untilAsserted(() -> assertThat(sleepers()).containsExactly("1002"));
    }

    @Test
    void revertsAFaultOnATargetThatIsTouchedInAnotherWayNow() throws IOException {
        pause("f-1", "one");
        heard.await(FaultApplied.class);
        change(TWO.replace("1001", "1004"));
        heard.await(FaultReverted.class);
        heard.await(InjectorAnnounced.class, 2);
        Awaitility.await().untilAsserted(() -> assertThat(sleepers()).containsExactly("1002", "1004"));
        pause("f-2", "one");
        heard.await(FaultApplied.class, 2);
    }

    @Test
    void isRefusedAsAWholeWithEveryProblemWhileTheOldOneHolds() throws IOException {
        change("limits: {faults-at-once: many}\ntargets:\n  one: {process: {}}\n");
        assertThat(heard.await(PolicyRefused.class).problems())
                .containsExactlyInAnyOrder(
                        "chaos.yaml:1 limits.faults-at-once: is a whole number from 1 to 1000, not `many`",
                        "chaos.yaml:3 targets.one.process.command: is missing: give a command (a list) or a pid-file");
        pause("f-1", "two");
        heard.await(FaultApplied.class);
        assertThat(sleepers()).containsExactly("1001", "1002");
        change(TWO + "  # good again\n");
        heard.await(InjectorAnnounced.class, 2);
        assertThat(heard.facts()).filteredOn(PolicyRefused.class::isInstance).hasSize(1);
    }

    @Test
    void isRefusedAsAWholeWhenAProxyCannotListen() throws IOException {
        try (var taken = new ServerSocket(0)) {
            change("""
                targets:
                  two: {process: {command: [sleep, "1002"]}}
                  web: {proxy: {listen: "0.0.0.0:%d", upstream: "127.0.0.1:9"}}
                """.formatted(taken.getLocalPort()));
            heard.await(PolicyRefused.class);
        }
        Awaitility.await().untilAsserted(() -> assertThat(sleepers()).containsExactly("1001", "1002"));
        assertThat(targets.configuration().targets()).hasSize(2);
        pause("f-1", "one");
        heard.await(FaultApplied.class);
        assertThat(heard.facts()).filteredOn(FaultAccepted.class::isInstance).hasSize(1);
    }

    @Test
    void isRefusedWhenItsFileIsGoneAndHoldsAgainWhenItIsBack() throws IOException {
        Files.delete(file);
        assertThat(heard.await(PolicyRefused.class).problems())
                .singleElement()
                .asString()
                .contains("the document is empty");
        change(TWO);
        heard.await(InjectorAnnounced.class, 2);
    }

    private void change(String text) throws IOException {
        Files.writeString(file, text);
    }

    private void pause(String id, String target) {
        controller.command(Commands.inject(id, "pause", target, LONG, Map.of()));
    }

    /// Returns what the programs that are ours to run were told, as `/proc` has it.
    private static List<String> sleepers() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"))
                .flatMap(child -> child.info().arguments().stream())
                .flatMap(Arrays::stream)
                .sorted()
                .toList();
    }
}
