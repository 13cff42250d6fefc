package io.ordeal.chaos.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.network.NetworkMeans;
import io.ordeal.chaos.network.Packets;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Faults on a container of a real engine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerInjectionTest {
    private Optional<SmallContainer> started = Optional.empty();

    /// Before each, so that every test counts as skipped where there is no engine, and not as none.
    @BeforeEach
    void start() {
        Assumptions.assumeTrue(SmallContainer.possible(), "no Docker engine answers");
        if (started.isEmpty()) {
            started = Optional.of(new SmallContainer());
        }
    }

    @AfterAll
    void stop() {
        started.ifPresent(SmallContainer::close);
    }

    @Test
    void aKilledContainerStaysDownInSpiteOfItsRestartPolicyAndIsStartedAgain() throws Exception {
        var injection = prepare(new ProcessFault.Kill(1));
        injection.act();
        assertThat(injection.see())
                .containsEntry("state", "exited")
                .containsEntry("exit_code", "137")
                .containsEntry("restart_policy", "unless-stopped");
        assertThat(container().inspect().getState().getRunning()).isFalse();
        undo(injection);
    }

    @Test
    void aTerminatedContainerEndsInOrder() throws Exception {
        var injection = prepare(new ProcessFault.Terminate(Duration.ofSeconds(8), 1));
        injection.act();
        assertThat(injection.see()).containsEntry("exit_code", "0").containsEntry("ended", "in order");
        undo(injection);
    }

    @Test
    void aRestartedContainerRunsAgainAtOnceAndIsNotStartedTwice() throws Exception {
        var injection = prepare(new ProcessFault.Restart(Duration.ofSeconds(8), 1));
        injection.act();
        var evidence = injection.see();
        assertThat(evidence.get("pid_after")).isNotEqualTo(evidence.get("pid_before"));
        var startedAt = container().inspect().getState().getStartedAt();
        undo(injection);
        assertThat(container().inspect().getState().getStartedAt()).isEqualTo(startedAt);
    }

    @Test
    void aPausedContainerStandsStillAndGoesOn() throws Exception {
        var injection = prepare(new ProcessFault.Pause(1));
        injection.act();
        assertThat(injection.see()).containsEntry("state", "paused");
        assertThat(container().inspect().getState().getPaused()).isTrue();
        undo(injection);
    }

    @Test
    void limitsAreRestoredExactly() throws Exception {
        for (var fault : List.of(
                new ResourceFault.Throttle(0.2),
                new ResourceFault.MemoryLimit(64_000_000),
                new ResourceFault.Threads(3))) {
            var before = measured(fault);
            var injection = prepare(fault);
            injection.act();
            assertThat(injection.see()).containsKey("cgroup_limit");
            assertThat(measured(fault)).as(fault.kind().published()).isNotEqualTo(before);
            undo(injection);
            assertThat(measured(fault)).as(fault.kind().published()).isEqualTo(before);
        }
        var host = Objects.requireNonNull(container().inspect().getHostConfig());
        assertThat(host.getMemory()).isEqualTo(256L << 20);
        assertThat(host.getMemorySwap()).isEqualTo(512L << 20);
        assertThat(host.getPidsLimit()).isEqualTo(200L);
    }

    @Test
    void itsPacketsAreTouchedInItsOwnNetwork() throws Exception {
        for (var fault : List.of(
                new TrafficFault.Partition(Direction.BOTH, 1),
                new TrafficFault.Bandwidth(Direction.BOTH, 100_000, 1, Duration.ZERO))) {
            var injection = prepare(fault);
            injection.act();
            assertThat(injection.see()).containsKey("packets_hit");
            undo(injection);
        }
    }

    @Test
    void theGuardBringsBackWhatTheInjectorCannotAnyMore(@TempDir Path folder) throws Exception {
        try (var journal = Journal.open(folder, Instant.now())) {
            for (var fault :
                    List.of(new ProcessFault.Pause(1), new ProcessFault.Kill(1), new ResourceFault.Throttle(0.3))) {
                var guard = Guard.start(folder);
                var injection = prepare(fault);
                var entry = fault.kind().published();
                journal.open(entry, injection.undo());
                injection.act();
                injection.see();
                guard.close();
                assertThat(injection.undo().done()).as(entry).isTrue();
                journal.strike(entry);
                undo(injection);
            }
            assertThat(Files.readString(folder.resolve("guard.log"))).isEmpty();
        }
    }

    @Test
    void aContainerThatSomebodyHasStartedMeanwhileIsNotTouched() throws Exception {
        var paused = prepare(new ProcessFault.Kill(1));
        container().restart();
        assertThatThrownBy(paused::act).isInstanceOf(InjectionFailed.class).hasMessageContaining("anew");
        var startedAt = container().inspect().getState().getStartedAt();
        undo(paused);
        assertThat(container().inspect().getState().getStartedAt()).isEqualTo(startedAt);
    }

    @Test
    void aContainerThatIsRemovedDuringTheFaultLeavesNothingToUndo() throws Exception {
        try (var other = new SmallContainer()) {
            var there = injections(other.id());
            var several = List.of(
                    there.prepare(plan(new ProcessFault.Kill(1)), 1),
                    there.prepare(plan(new TrafficFault.Partition(Direction.BOTH, 1)), 1),
                    there.prepare(plan(new ResourceFault.Threads(3)), 1));
            for (var injection : several.reversed()) {
                injection.act();
                injection.see();
            }
            other.remove();
            for (var injection : several) {
                injection.revert();
                injection.seeGone();
            }
        }
    }

    @Test
    void whatIsNotThereOrNotPossibleIsSaid() {
        assertThatThrownBy(() -> injections("no-such").prepare(plan(new ProcessFault.Kill(1)), 1))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("no container no-such");
        assertThat(injections().impossible(FaultKind.CPU, Facet.CONTAINER, "it"))
                .isPresent();
        assertThat(injections().impossible(FaultKind.KILL, Facet.CONTAINER, "it"))
                .isEmpty();
        assertThat(injections().mechanisms())
                .singleElement()
                .satisfies(docker -> assertThat(docker.available()).isTrue());
    }

    private SmallContainer container() {
        return started.orElseThrow();
    }

    private ContainerInjections injections() {
        return injections(container().id());
    }

    private ContainerInjections injections(String name) {
        var configuration = InjectorConfiguration.parse("test.yaml", """
            targets:
              it:
                container: {name: %s, engine: "%s"}
            """.formatted(name, SmallContainer.engine()));
        var clock = InstantSource.system();
        return new ContainerInjections(
                configuration.targets(), Set::of, List.of(), new Packets(NetworkMeans.find(), clock), clock);
    }

    private Injection prepare(Fault fault) throws InjectionFailed {
        return injections().prepare(plan(fault), 1);
    }

    private static FaultPlan plan(Fault fault) {
        return new FaultPlan(
                new FaultKey("run", "f"), "c", "it", Facet.CONTAINER, fault, Duration.ofMinutes(1), Optional.empty());
    }

    private void undo(Injection injection) throws Exception {
        injection.revert();
        injection.seeGone();
        injection.revert();
        var state = container().inspect().getState();
        assertThat(state.getRunning()).isTrue();
        assertThat(state.getPaused()).isFalse();
        assertThat(injection.undo().done()).isTrue();
    }

    /// Returns what the kernel holds the container to.
    private Optional<String> measured(ResourceFault fault) {
        long pid = Objects.requireNonNull(container().inspect().getState().getPidLong());
        var hierarchies = Hierarchies.ofHost();
        return switch (fault) {
            case ResourceFault.Throttle _ ->
                hierarchies.groupOf(Controller.CPU, pid).flatMap(group -> group.text("cpu.max", "cpu.cfs_quota_us"));
            case ResourceFault.MemoryLimit _ ->
                hierarchies
                        .groupOf(Controller.MEMORY, pid)
                        .flatMap(group -> group.text("memory.max", "memory.limit_in_bytes"));
            default -> hierarchies.groupOf(Controller.PIDS, pid).flatMap(group -> group.text("pids.max"));
        };
    }
}
