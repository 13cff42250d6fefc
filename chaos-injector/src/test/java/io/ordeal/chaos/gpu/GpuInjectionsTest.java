package io.ordeal.chaos.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.table.GpuFixture;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuInjectionsTest {
    private static final long ALL = 512L << 20;

    @TempDir
    private Path folder;

    private GpuFixture fixture;

    @BeforeEach
    void compile() {
        fixture = new GpuFixture(folder.resolve("driver"));
    }

    @AfterEach
    void remove() {
        fixture.close();
    }

    @Test
    void fillsTheGpuWithTheUuidAndNoOtherDownToItsReserve() throws Exception {
        var injection = prepare("gpu-second", 1, Duration.ofSeconds(30));
        try {
            injection.act();
            var seen = injection.see();
            assertThat(seen)
                    .containsEntry("device", GpuFixture.SECOND)
                    .containsKeys("gpu_memory_before", "gpu_memory_during");
            assertThat(ALL - fixture.used(1)).isBetween(100_000_000L, 110_000_000L);
            assertThat(fixture.used(0)).isZero();
        } finally {
            injection.revert();
        }
        assertThat(injection.seeGone()).containsKey("gpu_memory_after").containsEntry("helpers_left", "0");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void announcesEveryDeviceAndRefusesOneThatIsNotThere() {
        var gpus = gpus("""
            targets:
              there: {gpu: {device: "1", library: "%s"}}
              missing: {gpu: {device: "7", library: "%s"}}
            """.formatted(fixture.library(), fixture.library()));
        assertThat(gpus.mechanisms()).singleElement().satisfies(mechanism -> {
            assertThat(mechanism.available()).isTrue();
            assertThat(mechanism.detail()).contains("Stand-in A", "Stand-in B", GpuFixture.SECOND);
        });
        assertThat(gpus.impossible(FaultKind.GPU_MEMORY, Facet.GPU, "there")).isEmpty();
        assertThat(gpus.impossible(FaultKind.GPU_MEMORY, Facet.GPU, "missing"))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("there is no GPU 7"));
    }

    @Test
    void tellsWhyThereIsNoDriver() {
        var gpus = gpus("targets: {g: {gpu: {device: \"0\", library: /no/such/libcuda.so}}}");
        assertThat(gpus.impossible(FaultKind.GPU_MEMORY, Facet.GPU, "g"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("/no/such/libcuda.so cannot be loaded"));
        assertThat(gpus("targets: {h: {host: {}}}").mechanisms())
                .singleElement()
                .satisfies(mechanism -> assertThat(mechanism.detail()).isEqualTo("no target is a GPU"));
    }

    @Test
    void tellsTheResultCodeOfADriverThatFails() throws Exception {
        fixture.failing("cuInit", 100);
        assertThat(gpus("targets:\n" + fixture.targets()).impossible(FaultKind.GPU_MEMORY, Facet.GPU, "gpu-first"))
                .hasValue("cuInit has failed with CUresult 100");
    }

    @Test
    void failsWhereTheDriverHasNoMemoryToGive() throws Exception {
        var injection = prepare("gpu-first", 0.9, Duration.ofMillis(1));
        fixture.failing("cuMemAlloc_v2", 2);
        try {
            injection.act();
            assertThatThrownBy(injection::see)
                    .isInstanceOf(InjectionFailed.class)
                    .hasMessageContaining("of the memory is in use where 90.0% is asked for");
        } finally {
            injection.revert();
        }
        injection.seeGone();
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void endsByItselfAlsoWhenTheDriverLeaks() throws Exception {
        fixture.leaking();
        var mark = Marked.mark();
        var command = new GpuPrograms(fixture.library().toString()).filling("0", ALL / 2, Duration.ofMillis(300));
        var builder = new ProcessBuilder(command);
        builder.environment().put(Marked.VARIABLE, mark);
        var helper = builder.start();
        assertThat(helper.waitFor()).isZero();
        assertThat(Marked.carrying(mark)).isEmpty();
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void fillsARealGpuWhereThereIsOne() throws Exception {
        var gpus = gpus("targets: {real: {gpu: {device: \"0\"}}}");
        assumeThat(gpus.impossible(FaultKind.GPU_MEMORY, Facet.GPU, "real"))
                .as("no CUDA driver")
                .isEmpty();
        var injection = prepare(gpus, "real", 0.5, Duration.ofSeconds(60));
        try {
            injection.act();
            assertThat(injection.see()).containsKeys("gpu_memory_before", "gpu_memory_during");
        } finally {
            injection.revert();
        }
        assertThat(injection.seeGone()).containsKey("gpu_memory_after");
    }

    private Injection prepare(String target, double fill, Duration duration) throws InjectionFailed {
        return prepare(gpus("targets:\n" + fixture.targets()), target, fill, duration);
    }

    private static Injection prepare(GpuInjections gpus, String target, double fill, Duration duration)
            throws InjectionFailed {
        var plan = new FaultPlan(
                new FaultKey("run", "f"),
                "c",
                target,
                Facet.GPU,
                new ResourceFault.GpuMemory(fill),
                duration,
                Optional.empty());
        return gpus.prepare(plan, 1);
    }

    private GpuInjections gpus(String yaml) {
        var targets = InjectorConfiguration.parse("gpu.yaml", yaml).targets();
        return new GpuInjections(targets, folder, InstantSource.system());
    }
}
