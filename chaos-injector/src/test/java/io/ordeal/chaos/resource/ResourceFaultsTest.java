package io.ordeal.chaos.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.process.Programs;
import io.ordeal.chaos.table.ResourceFixture;
import io.ordeal.schemas.fault.Facet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault on resources on the real thing: a control group, a file system and the memory of this host.
class ResourceFaultsTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path folder;

    private ResourceFixture fixture;

    @BeforeEach
    void make() {
        fixture = new ResourceFixture(folder.resolve("fixture"));
    }

    @AfterEach
    void remove() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesCpuLoadOnTheHostWithAndWithoutStressNg(boolean installed) throws Exception {
        var host = new HostInjections(folder, CLOCK, stressNg(installed));
        var seen = applyAndRevert(host, Facet.HOST, "r-host", new ResourceFault.CpuLoad(30, 1), () -> {});
        assertThat(seen).containsEntry("helper", installed ? "stress-ng" : "built-in");
        assertThat(seen.get("helper_load")).endsWith("of 0.30 cores");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesCpuLoadInsideAControlGroupWithAndWithoutStressNg(boolean installed) throws Exception {
        var groups = groups(stressNg(installed));
        applyAndRevert(groups, Facet.CGROUP, "r-group", new ResourceFault.CpuLoad(30, 1), () -> {
            var inside = Files.readAllLines(fixture.group("cpu").resolve("cgroup.procs"));
            assertThat(inside.size()).isGreaterThan(1);
        });
    }

    @Test
    void holdsTheMemoryOfTheHostAtItsLevel() throws Exception {
        var host = new HostInjections(folder, CLOCK);
        double fill = Double.parseDouble(ResourceFixture.someMemory().replace("%", "")) / 100;
        var seen = applyAndRevert(host, Facet.HOST, "r-host", new ResourceFault.Memory(fill), () -> {});
        assertThat(seen).containsKeys("memory_before", "memory_during");
        assertThat(Double.parseDouble(seen.getOrDefault("memory_held", "").replace("MB", "")))
                .isBetween(1.0, 2000.0);
    }

    @Test
    void refusesToTakeTheMemoryThatTheHostNeeds() {
        var host = new HostInjections(folder, CLOCK);
        assertThatThrownBy(() -> prepare(host, Facet.HOST, "r-host", new ResourceFault.Memory(0.99)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("that stay available");
        assertThatThrownBy(() -> prepare(host, Facet.HOST, "r-host", new ResourceFault.Memory(0.0001)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("in use already");
    }

    @Test
    void fillsTheMemoryOfAControlGroupUpToAPartOfItsLimit() throws Exception {
        var groups = groups(Optional.empty());
        var seen = applyAndRevert(groups, Facet.CGROUP, "r-group", new ResourceFault.Memory(0.6), () -> {});
        assertThat(seen.get("memory_during")).contains("% of 268.4MB");
        assertThat(fixture.resident().isAlive()).isTrue();
    }

    @Test
    void throttlesAControlGroup() throws Exception {
        var seen = applyAndRevert(
                groups(Optional.empty()), Facet.CGROUP, "r-group", new ResourceFault.Throttle(0.1), () -> {});
        assertThat(seen).containsKey("periods_throttled");
        assertThat(seen.get("probe_got")).matches("0\\.[01][0-9] of 1.00 cores");
    }

    @Test
    void limitsTheMemoryOfAControlGroupButNotBelowItsUse() throws Exception {
        var groups = groups(Optional.empty());
        applyAndRevert(groups, Facet.CGROUP, "r-group", new ResourceFault.MemoryLimit(100_000_000), () -> {});
        assertThatThrownBy(() -> prepare(groups, Facet.CGROUP, "r-group", new ResourceFault.MemoryLimit(1L << 40)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("already");
    }

    @Test
    void letsNoMoreProcessesStartInAControlGroup() throws Exception {
        var seen = applyAndRevert(
                groups(Optional.empty()), Facet.CGROUP, "r-group", new ResourceFault.Threads(0), () -> {});
        assertThat(seen.get("probe")).startsWith("no process could be started");
    }

    @Test
    void hasTheKernelKillInAControlGroup() throws Exception {
        var seen = applyAndRevert(
                groups(Optional.empty()), Facet.CGROUP, "r-group", new ProcessFault.OutOfMemory(1), () -> {});
        assertThat(seen)
                .containsEntry("pid_killed", String.valueOf(fixture.resident().pid()));
        assertThat(fixture.resident().waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void undoesTwoFaultsOnOneGroupInEitherOrder() throws Exception {
        var groups = groups(Optional.empty());
        for (boolean firstFirst : new boolean[] {true, false}) {
            var one = prepare(groups, Facet.CGROUP, "r-group", new ResourceFault.Throttle(0.1));
            var other = prepare(groups, Facet.CGROUP, "r-group", new ResourceFault.Throttle(0.2));
            one.act();
            assertThatThrownBy(other::act).isInstanceOf(InjectionFailed.class).hasMessageContaining("another fault");
            (firstFirst ? one : other).revert();
            (firstFirst ? other : one).revert();
            assertThat(fixture.left()).isEmpty();
        }
    }

    @Test
    void isGoneWithAGroupThatIsRemovedMeanwhile() throws Exception {
        var injection = prepare(groups(Optional.empty()), Facet.CGROUP, "r-group", new ResourceFault.Throttle(0.1));
        injection.act();
        injection.see();
        assertThat(fixture.resident().destroyForcibly().waitFor(5, TimeUnit.SECONDS))
                .isTrue();
        Awaitility.await().until(() -> fixture.group("cpu").toFile().delete());
        injection.revert();
        assertThat(injection.seeGone()).containsValue("the group is gone");
        assertThat(injection.undo().done()).isTrue();
    }

    @Test
    void keepsTheLevelWhenOthersTakeAndGive() throws Exception {
        applyAndRevert(disks(""), Facet.DIRECTORY, "r-disk", new ResourceFault.DiskFill(0.8), () -> {
            var store = Files.getFileStore(fixture.disk());
            long free = store.getUsableSpace();
            var other = Files.write(fixture.disk().resolve("other"), new byte[4 << 20]);
            Awaitility.await().until(() -> Math.abs(store.getUsableSpace() - free) < 1 << 20);
            Files.delete(other);
            Awaitility.await().until(() -> Math.abs(store.getUsableSpace() - free) < 1 << 20);
        });
    }

    @Test
    void fillsAFileSystemUntilNothingCanBeWritten() throws Exception {
        applyAndRevert(disks(""), Facet.DIRECTORY, "r-disk", new ResourceFault.DiskFill(1), () -> {
            assertThatThrownBy(() -> Files.write(fixture.disk().resolve("new"), new byte[8192]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            Files.deleteIfExists(fixture.disk().resolve("new"));
        });
    }

    @Test
    void keepsTheReserveOfADirectory() throws Exception {
        applyAndRevert(disks(", reserve: 20MB"), Facet.DIRECTORY, "r-disk", new ResourceFault.DiskFill(1), () -> {
            long free = Files.getFileStore(fixture.disk()).getUsableSpace();
            assertThat(free).isBetween(20_000_000L, 21_100_000L);
        });
    }

    @Test
    void sparesAFileSystemThatHoldsTheInjectorsState() throws Exception {
        var configuration = InjectorConfiguration.parse("r.yaml", "targets:\n" + fixture.targets());
        var disks = new DirectoryInjections(
                configuration.targets(), List::of, fixture.disk().resolve("state"), CLOCK);
        assertThatThrownBy(() -> prepare(disks, Facet.DIRECTORY, "r-disk", new ResourceFault.DiskFill(0.9)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("also holds the injector's state")
                .hasMessageContaining("at least 268.4MB must stay free");
    }

    @Test
    void keepsADiskBusy() throws Exception {
        var seen = applyAndRevert(disks(""), Facet.DIRECTORY, "r-disk", new ResourceFault.DiskIo(2), () -> {});
        assertThat(seen.get("written")).endsWith("KB/s");
    }

    private interface During {
        void look() throws Exception;
    }

    private Map<String, String> applyAndRevert(
            FacetInjections injections, Facet facet, String target, Fault fault, During during) throws Exception {
        assertThat(injections.impossible(fault.kind(), facet, target)).isEmpty();
        var injection = prepare(injections, facet, target, fault);
        assertThat(injection.steps()).isNotEmpty();
        try {
            injection.act();
            var seen = injection.see();
            during.look();
            return seen;
        } finally {
            injection.revert();
            injection.seeGone();
            injection.revert();
            assertThat(injection.undo().done()).isTrue();
            assertThat(fixture.left()).isEmpty();
        }
    }

    private static Injection prepare(FacetInjections injections, Facet facet, String target, Fault fault)
            throws InjectionFailed {
        var plan = new FaultPlan(
                new FaultKey("run", "f"), "c", target, facet, fault, Duration.ofSeconds(30), Optional.empty());
        return injections.prepare(plan, 1);
    }

    private CgroupInjections groups(Optional<Path> stressNg) {
        var configuration = InjectorConfiguration.parse("r.yaml", "targets:\n" + fixture.targets());
        return new CgroupInjections(configuration.targets(), folder, CLOCK, Hierarchies.ofHost(), stressNg);
    }

    private DirectoryInjections disks(String more) {
        var yaml = "targets: {r-disk: {directory: {path: \"%s\"%s}}}".formatted(fixture.disk(), more);
        return new DirectoryInjections(
                InjectorConfiguration.parse("r.yaml", yaml).targets(), List::of, folder, CLOCK);
    }

    private static Optional<Path> stressNg(boolean installed) {
        return installed ? Programs.installed("stress-ng") : Optional.empty();
    }
}
