package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Known answers for what faults did, alone and several at once.
final class FaultsTest {
    private static final String P95 = "p95 < 50ms";
    private static final String ERRORS = "errors < 5%";

    @Test
    void aFaultThatBreachedAndWasRecoveredFrom() {
        var told = scene().fault("f", 9.5, 12.95)
                .ok(0, 10, 100, 10)
                .ok(10, 14, 90, 80)
                .bad(10, 14, 10)
                .ok(14, 20, 100, 10)
                .judge();

        var fault = told.fault("f");
        assertThat(fault.breached()).containsExactly(P95, ERRORS);
        assertThat(fault.timeToBreach()).contains(Duration.ofMillis(500));
        assertThat(fault.timeToRecover()).contains(Duration.ofMillis(1_050));
        assertThat(fault.bad()).isEqualTo(40);
        assertThat(fault.errorsWorst()).isEqualTo(0.1);
        assertThat(fault.p95Before()).contains(10_000L);
        assertThat(fault.p95Worst()).contains(80_000L);
        assertThat(fault.p95After()).contains(10_000L);
        assertThat(fault.verdict()).isEqualTo(Verdict.PASS);
        assertThat(told.run().firstBreach()).contains(new FirstBreach(Scene.at(10), P95, List.of()));
    }

    @Test
    void aFaultThatDidNothing() {
        var told = scene().fault("f", 9.5, 12.95).ok(0, 20, 100, 10).judge();

        assertThat(told.fault("f").breached()).isEmpty();
        assertThat(told.fault("f").bad()).isZero();
        assertThat(told.fault("f").timeToBreach()).isEmpty();
        assertThat(told.fault("f").timeToRecover()).contains(Duration.ZERO);
        assertThat(told.run().firstBreach()).isEmpty();
    }

    @Test
    void breachesThatStayFailTheFaultAndCountToTheEnd() {
        var told = new Scene(ERRORS, "recovery < 5s")
                .phase("steady", true, 60)
                .request("a", "get", Map.of())
                .fault("f", 10, 12.9995)
                .ok(0, 10, 100, 10)
                .ok(10, 20, 90, 10)
                .bad(10, 20, 10)
                .judge();

        assertThat(told.fault("f").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(told.fault("f").timeToRecover()).isEmpty();
        assertThat(told.fault("f").bad()).isEqualTo(100);
        assertThat(told.fault("f").p95After()).isEmpty();
        assertThat(told.run().objectives().getLast().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(told.run().objectives().getLast().reason())
                .isEqualTo("f: the objectives did not hold again before the end of the run");
    }

    @Test
    void aRecoveryMustStay() {
        var told = scene().fault("f", 10, 11.9995)
                .ok(0, 10, 100, 10)
                .ok(10, 12, 100, 80)
                .ok(12, 14, 100, 10)
                .ok(14, 15, 100, 80)
                .ok(15, 20, 100, 10)
                .judge();

        assertThat(told.fault("f").timeToRecover()).contains(Duration.ofNanos(3_000_500_000L));
    }

    @Test
    void ofTwoFaultsAtOnceNeitherIsHeldToTheOthersBreaches() {
        var told = scene().fault("a", 10, 12.9995)
                .fault("b", 12, 15.9995)
                .ok(0, 10, 100, 10)
                .ok(10, 17, 90, 1)
                .bad(10, 17, 10)
                .ok(17, 25, 100, 10)
                .judge();

        assertThat(told.fault("a").timeToBreach()).contains(Duration.ZERO);
        assertThat(told.fault("b").timeToBreach()).contains(Duration.ZERO);
        assertThat(told.fault("a").timeToRecover())
                .as("what broke after b is held against both")
                .contains(Duration.ofNanos(4_000_500_000L));
        assertThat(told.fault("b").timeToRecover()).contains(Duration.ofNanos(1_000_500_000L));
        assertThat(told.fault("a").bad()).isEqualTo(70);
        assertThat(told.fault("b").bad()).isEqualTo(50);
        assertThat(told.windows().get(24).faults()).containsExactly("a", "b");
    }

    @Test
    void aFaultInTheShadowOfAnotherIsInconclusive() {
        var told = scene().fault("a", 10, 11.9995)
                .fault("b", 11, 24.9995)
                .ok(0, 10, 100, 10)
                .ok(10, 20, 100, 80)
                .judge();

        assertThat(told.fault("a").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(told.fault("a").reason()).isEqualTo("another fault was in force from its end on");
    }

    @Test
    void aFaultThatNobodySawEndIsInconclusive() {
        var told = scene().endless("f", 10).ok(0, 20, 100, 10).judge();

        assertThat(told.fault("f").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(told.run().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void objectivesThatOnlyWarnBreachNothing() {
        var told = new Scene("warn p95 < 50ms", ERRORS)
                .phase("steady", true, 60)
                .request("a", "get", Map.of())
                .fault("f", 10, 12.9)
                .ok(0, 10, 100, 10)
                .ok(10, 13, 100, 80)
                .ok(13, 20, 100, 10)
                .judge();

        assertThat(told.fault("f").breached()).isEmpty();
        assertThat(told.fault("f").timeToRecover()).contains(Duration.ZERO);
    }

    private static Scene scene() {
        return new Scene(P95, ERRORS).phase("steady", true, 60).request("a", "get", Map.of());
    }
}
