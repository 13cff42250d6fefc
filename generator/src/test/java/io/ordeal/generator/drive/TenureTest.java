package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TenureTest {
    private static final long SECOND = 1_000_000_000L;

    private final Tenure tenure = new Tenure();

    @Test
    void lastsUntilTheInstantThatTheNextOwnerNames() {
        assertThat(tenure.until(7)).isEqualTo(7);
        tenure.endAt(10);

        assertThat(tenure.over(9)).isFalse();
        assertThat(tenure.until(9)).isEqualTo(9);
        assertThat(tenure.wakeFor(20)).isEqualTo(10);
        assertThat(tenure.over(10)).isTrue();
        assertThat(tenure.until(12)).isEqualTo(9);
    }

    @Test
    void isNeverProlonged() {
        tenure.endAt(10);
        tenure.endAt(20);

        assertThat(tenure.over(10)).isTrue();
    }

    @Test
    void isHeldBackAfterAStandstillInWhichTheGroupMayHaveGivenUpOnUs() {
        tenure.awake(SECOND);
        tenure.awake(7 * SECOND);

        assertThat(tenure.held(7 * SECOND)).isTrue();
        assertThat(tenure.until(7 * SECOND)).isEqualTo(Long.MIN_VALUE);
        assertThat(tenure.wakeFor(7 * SECOND)).isEqualTo(8 * SECOND);
        tenure.awake(8 * SECOND);
        assertThat(tenure.until(8 * SECOND)).isEqualTo(8 * SECOND);
    }

    @Test
    void isNotHeldBackAfterAShortStandstill() {
        tenure.awake(SECOND);
        tenure.awake(4 * SECOND);

        assertThat(tenure.held(4 * SECOND)).isFalse();
    }
}
