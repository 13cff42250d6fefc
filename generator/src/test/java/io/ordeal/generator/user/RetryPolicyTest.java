package io.ordeal.generator.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
    private static final RetryPolicy POLICY = policy(0.5, true);

    private static RetryPolicy policy(double jitter, boolean retryAfter) {
        return new RetryPolicy(new Retry(
                4,
                List.of("TIMEOUT", "RESET"),
                List.of(429, 503),
                Duration.ofMillis(100),
                2,
                Duration.ofMillis(350),
                jitter,
                retryAfter));
    }

    @Test
    void triesAgainAfterItsOutcomesAndStatusesWhileAttemptsAreLeft() {
        assertThat(POLICY.again(0, Outcome.TIMEOUT, 0)).isTrue();
        assertThat(POLICY.again(2, Outcome.HTTP_ERROR, 429)).isTrue();
        assertThat(POLICY.again(3, Outcome.HTTP_ERROR, 429)).isFalse();
        assertThat(POLICY.again(0, Outcome.HTTP_ERROR, 500)).isFalse();
        assertThat(POLICY.again(0, Outcome.CONNECT_ERROR, 0)).isFalse();
        assertThat(POLICY.again(0, Outcome.OK, 429)).isFalse();
    }

    @Test
    void waitsLongerEachTimeUpToTheCap() {
        var exact = policy(0, false);

        assertThat(List.of(exact.pause(0, 0.9, 0), exact.pause(1, 0.9, 0), exact.pause(2, 0.9, 0)))
                .containsExactly(100_000_000L, 200_000_000L, 350_000_000L);
        assertThat(exact.pause(5000, 0.9, 0)).isEqualTo(350_000_000L);
    }

    @Test
    void drawsThePartOfTheWaitThatIsJitter() {
        assertThat(POLICY.pause(0, 0, 0)).isEqualTo(100_000_000L);
        assertThat(POLICY.pause(0, 0.5, 0)).isEqualTo(75_000_000L);
        assertThat(POLICY.pause(0, 0.999_999, 0)).isBetween(50_000_000L, 50_001_000L);
    }

    @Test
    void waitsAsLongAsTheAnswerAsksWhateverTheCap() {
        assertThat(POLICY.pause(0, 0, 2_000_000_000L)).isEqualTo(2_000_000_000L);
        assertThat(POLICY.pause(0, 0, 1000)).isEqualTo(100_000_000L);
        assertThat(policy(0, false).pause(0, 0, 2_000_000_000L)).isEqualTo(100_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 3",
                "0 | 0",
                "999999999 | 86400",
                "Wed, 01 Jan 2025 00:01:00 GMT | 60",
                "Wed, 01 Jan 2025 00:00:00 GMT | 0",
                "Tue, 31 Dec 2024 00:00:00 GMT | 0",
                "Wed, 01 Jan 2080 00:00:00 GMT | 0",
                "Thu, 02 Jan 2025 12:00:00 GMT | 86400",
                "soon | 0",
                "-5 | 0"
            })
    void readsSecondsAndDates(String value, long seconds) {
        assertThat(RetryPolicy.asked(value, Instant.parse("2025-01-01T00:00:00Z")))
                .isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }
}
