package io.ordeal.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.Bound;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class FaultReaderTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final FaultReader reader = new FaultReader(Configurations.usual());

    @Test
    void readsLatencyWithJitterDirectionAndRamp() {
        var spec = spec(
                "latency",
                "api",
                Map.of("latency", "500ms", "jitter", "0.1s", "direction", "both"),
                TEN_SECONDS,
                0.5,
                Duration.ofSeconds(1));
        assertThat(reader.read(spec))
                .isEqualTo(new Reading.Valid(
                        Facet.PROXY,
                        new TrafficFault.Latency(
                                Direction.BOTH,
                                Duration.ofMillis(500),
                                Duration.ofMillis(100),
                                0.5,
                                Duration.ofSeconds(1))));
    }

    @Test
    void readsBandwidthInBytesPerSecond() {
        assertThat(reader.read(spec("bandwidth", "api", Map.of("rate", "10KB/s"))))
                .isEqualTo(new Reading.Valid(
                        Facet.PROXY, new TrafficFault.Bandwidth(Direction.BOTH, 10_000, 1, Duration.ZERO)));
    }

    @Test
    void readsTheKindsWithoutParameters() {
        assertThat(reader.read(spec("partition", "api", Map.of())))
                .isEqualTo(new Reading.Valid(Facet.PROXY, new TrafficFault.Partition(Direction.BOTH, 1)));
        assertThat(reader.read(spec("reset", "api", Map.of())))
                .isEqualTo(new Reading.Valid(Facet.PROXY, new TrafficFault.Reset(1)));
        assertThat(reader.read(spec("kill", "api", Map.of())))
                .isEqualTo(new Reading.Valid(Facet.PROCESS, new ProcessFault.Kill(1)));
        assertThat(reader.read(spec("pause", "api", Map.of())))
                .isEqualTo(new Reading.Valid(Facet.PROCESS, new ProcessFault.Pause(1)));
    }

    @Test
    void readsCpuLoad() {
        assertThat(reader.read(spec("cpu", "host", Map.of("load", "80%", "cores", "1"))))
                .isEqualTo(new Reading.Valid(Facet.HOST, new ResourceFault.CpuLoad(80, 1)));
    }

    @Test
    void listsEveryReasonAtOnce() {
        var spec = spec(
                "latency",
                "narrow",
                Map.of("latency", "5000ms", "jitter", "oops", "colour", "red"),
                Duration.ofMinutes(1),
                0.9,
                Duration.ofSeconds(-1));
        assertThat(reasons(spec))
                .anySatisfy(reason -> assertThat(reason).contains("exceeds the limit of 30s"))
                .anySatisfy(reason -> assertThat(reason).contains("beyond the limit of 1s (max-latency)"))
                .anySatisfy(reason -> assertThat(reason).contains("jitter is a time such as 500ms, not `oops`"))
                .anySatisfy(reason -> assertThat(reason).contains("latency has no parameter `colour`"))
                .anySatisfy(reason -> assertThat(reason).contains("fraction 0.9 exceeds the limit of 0.5"))
                .anySatisfy(reason -> assertThat(reason).contains("ramp must not be negative"))
                .hasSize(6);
    }

    @Test
    void namesTheKindsAndTargetsThatThereAre() {
        assertThat(reasons(spec("meteor", "moon", Map.of())))
                .containsExactly(
                        "unknown kind `meteor`; known are " + FaultKind.all(),
                        "unknown target `moon`; this injector has api, narrow, host");
    }

    @Test
    void refusesAKindWhoseFacetTheTargetLacks() {
        assertThat(reasons(spec("kill", "narrow", Map.of())))
                .containsExactly(
                        "kill needs the facet process or group or container, which narrow lacks; possible there: "
                                + "bandwidth, latency");
    }

    @Test
    void refusesAKindThatIsNotAllowed() {
        assertThat(reasons(spec("reset", "narrow", Map.of())))
                .contains("reset is not allowed on narrow; allowed are bandwidth, latency");
    }

    @Test
    void refusesAFaultThatEndsBeforeItCanBeSeen() {
        assertThat(reasons(spec("latency", "api", Map.of("latency", "10s"))))
                .singleElement()
                .asString()
                .contains("too short");
    }

    @Test
    void refusesAFractionOfAProcess() {
        assertThat(reasons(spec("kill", "api", Map.of(), TEN_SECONDS, 0.5, Duration.ZERO)))
                .containsExactly("kill is on the whole target: fraction must be 1, not 0.5");
    }

    @Test
    void refusesADurationThatIsMissing() {
        assertThat(reasons(spec("pause", "api", Map.of(), Duration.ZERO, 1, Duration.ZERO)))
                .containsExactly("the duration is mandatory and above 0");
    }

    @Property(tries = 12_000)
    void acceptsNothingBeyondPolicyWhateverIsAsked(@ForAll("specs") FaultSpec spec) {
        switch (reader.read(spec)) {
            case Reading.Invalid(var reasons) ->
                assertThat(reasons)
                        .isNotEmpty()
                        .allSatisfy(reason -> assertThat(reason)
                                .isNotBlank()
                                .hasSizeLessThan(600)
                                .doesNotContainPattern("\\p{Cntrl}"));
            case Reading.Valid(var facet, var fault) -> {
                var target = Configurations.usual().target(spec.target()).orElseThrow();
                assertThat(target.kinds()).contains(fault.kind());
                assertThat(spec.duration())
                        .isPositive()
                        .isLessThanOrEqualTo(target.allow().maxDuration());
                assertThat(fault.kind().published()).isEqualTo(spec.kind());
                assertThat(target.facetsFor(fault.kind())).contains(facet);
                assertWithin(fault, spec, target.allow());
            }
        }
    }

    private static void assertWithin(Fault fault, FaultSpec spec, Allowance allow) {
        fault.demands()
                .forEach((bound, value) -> assertThat(bound.isExceededBy(value, allow.limit(bound)))
                        .as("%s of %s", bound, fault)
                        .isFalse());
        switch (fault) {
            case TrafficFault.Latency latency -> {
                assertThat(latency.jitter()).isBetween(Duration.ZERO, latency.latency());
                assertThat(latency.ramp()).isBetween(Duration.ZERO, spec.duration());
            }
            case TrafficFault.Bandwidth bandwidth ->
                assertThat(bandwidth.bytesPerSecond()).isBetween(1L, 125_000_000L);
            case TrafficFault.HttpStatus status -> assertThat(status.status()).isBetween(400, 599);
            case TrafficFault.Slice slice -> assertThat(slice.variation()).isBetween(0L, slice.size() - 1);
            case ResourceFault.CpuLoad cpu ->
                assertThat(cpu.load()).isPositive().isLessThanOrEqualTo(100);
            default -> {}
        }
        if (fault instanceof TrafficFault traffic) {
            assertThat(traffic.fraction()).isPositive().isLessThanOrEqualTo(allow.limit(Bound.MAX_FRACTION));
        } else {
            assertThat(spec.fraction()).isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<FaultSpec> specs() {
        var kinds = Arbitraries.of(FaultKind.values()).map(FaultKind::published);
        var targets = Arbitraries.of("api", "narrow", "host");
        var parameters = Arbitraries.maps(
                        hostile(Arrays.stream(FaultKind.values())
                                .flatMap(kind -> kind.parameters().stream())
                                .map(FaultParameter::name)
                                .distinct()
                                .toArray(String[]::new)),
                        hostile(
                                "500ms",
                                "0",
                                "1ms",
                                "1h",
                                "10KB/s",
                                "0B/s",
                                "1e9B/s",
                                "9999999GB/s",
                                "80%",
                                "2",
                                "1",
                                "-5ms",
                                "NaN",
                                "Infinity",
                                "both",
                                "upstream",
                                "0.5",
                                "99999999999999999999s",
                                "1_0s"))
                .ofMaxSize(4);
        var durations = Arbitraries.oneOf(
                Arbitraries.of(
                        Duration.ZERO,
                        Duration.ofSeconds(-1),
                        Duration.ofSeconds(Long.MAX_VALUE),
                        Duration.ofSeconds(Long.MIN_VALUE),
                        Duration.ofMinutes(10),
                        Duration.ofNanos(1)),
                Arbitraries.longs().between(1, 700).map(Duration::ofSeconds));
        var fractions = Arbitraries.oneOf(
                Arbitraries.of(1.0, 1.0, 0.0, -0.0, -1.0, 2.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE),
                Arbitraries.doubles().between(0, 1));
        var ramps = Arbitraries.of(
                Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(-1), Duration.ofDays(900_000));
        var ids = hostile("f-1", "NF-002", "a.b:c_d");
        return Combinators.combine(ids, mostly(kinds), mostly(targets), parameters, durations, fractions, ramps)
                .as(FaultSpec::new);
    }

    private static Arbitrary<String> mostly(Arbitrary<String> good) {
        return Arbitraries.frequencyOf(List.of(Tuple.of(9, good), Tuple.of(1, hostile("latency ", "../api", ""))));
    }

    private static Arbitrary<String> hostile(String... known) {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(8, Arbitraries.of(known)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(80)),
                Tuple.of(1, Arbitraries.of("1.".repeat(50_000), "\0", "a\nb", "'; rm -rf / #", "%s%n", "\ud800"))));
    }

    private List<String> reasons(FaultSpec spec) {
        return ((Reading.Invalid) reader.read(spec)).reasons();
    }

    private static FaultSpec spec(String kind, String target, Map<String, String> parameters) {
        return spec(kind, target, parameters, TEN_SECONDS, 1, Duration.ZERO);
    }

    private static FaultSpec spec(
            String kind,
            String target,
            Map<String, String> parameters,
            Duration duration,
            double fraction,
            Duration ramp) {
        return new FaultSpec("f-1", kind, target, parameters, duration, fraction, ramp);
    }
}
