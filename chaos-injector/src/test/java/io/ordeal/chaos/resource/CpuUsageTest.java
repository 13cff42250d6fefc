package io.ordeal.chaos.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuUsageTest {
    @Test
    void countsWaitingForDevicesAsIdle() {
        var earlier = CpuUsage.parse("cpu  100 0 50 800 50 0 0 0 0 0").orElseThrow();
        var later = CpuUsage.parse("cpu  160 0 70 900 70 0 0 0 0 0").orElseThrow();
        assertThat(later.since(earlier)).isEqualTo(0.4);
        assertThat(later.since(later)).isZero();
    }

    @Test
    void readsNothingFromOtherText() {
        assertThat(CpuUsage.parse("cpu0 1 2 3")).isEmpty();
        assertThat(CpuUsage.parse("cpu a b c d e f g h i")).isEmpty();
    }
}
