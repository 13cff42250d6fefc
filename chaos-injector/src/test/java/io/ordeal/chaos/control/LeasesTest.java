package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.schemas.fault.Facet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Leases leases = new Leases();

    @Test
    void lapseWhenNobodyRenewsThem() {
        var plan = plan("run", "f", Optional.of(Duration.ofSeconds(5)));
        leases.begin(plan, START);
        assertThat(leases.endsAt(plan)).contains(START.plusSeconds(5));
        assertThat(leases.lapsed(List.of(plan), START.plusSeconds(5))).isEmpty();
        assertThat(leases.lapsed(List.of(plan), START.plusSeconds(6))).containsExactly(plan.key());
    }

    @Test
    void beginAnewForTheFaultsOfTheRunThatRenewsThem() {
        var mine = plan("mine", "f", Optional.of(Duration.ofSeconds(5)));
        var other = plan("other", "f", Optional.of(Duration.ofSeconds(5)));
        leases.begin(mine, START);
        leases.begin(other, START);
        leases.renew("mine", START.plusSeconds(4));
        assertThat(leases.lapsed(List.of(mine, other), START.plusSeconds(6))).containsExactly(other.key());
    }

    @Test
    void areNothingToAFaultThatHasNone() {
        var plan = plan("run", "f", Optional.empty());
        leases.begin(plan, START);
        assertThat(leases.lapsed(List.of(plan), START.plusSeconds(1_000_000))).isEmpty();
        assertThat(leases.endsAt(plan)).isEmpty();
    }

    @Test
    void areForgottenWithTheirFaults() {
        var plan = plan("run", "f", Optional.of(Duration.ofSeconds(5)));
        leases.begin(plan, START);
        assertThat(leases.lapsed(List.of(), START)).isEmpty();
        assertThat(leases.endsAt(plan)).isEmpty();
    }

    private static FaultPlan plan(String run, String id, Optional<Duration> lease) {
        var pause = new ProcessFault.Pause(1);
        return new FaultPlan(new FaultKey(run, id), "c", "api", Facet.PROCESS, pause, Duration.ofMinutes(5), lease);
    }
}
