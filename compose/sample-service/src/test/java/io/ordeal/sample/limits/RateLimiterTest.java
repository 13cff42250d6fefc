package io.ordeal.sample.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {

    private static final long SECOND = 1_000_000_000L;

    @Property(tries = 300)
    void neverLetsMoreThroughThanBurstPlusRateInAnySpan(
            @ForAll @IntRange(min = 1, max = 6000) int perMinute,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 2_000_000_000L) Long> gaps) {
        RateLimiter limiter = new RateLimiter(new RateLimiter.Policy(perMinute, burst));
        double interval = 60e9 / perMinute;
        List<Long> through = new ArrayList<>();
        long now = -SECOND; // an instant may well be negative
        for (long gap : gaps) {
            now += gap;
            if (limiter.decide("user", now).allowed()) {
                through.add(now);
            }
        }
        for (int from = 0; from < through.size(); from++) {
            for (int to = from; to < through.size(); to++) {
                double most = burst + (through.get(to) - through.get(from)) / Math.floor(interval);
                assertThat(to - from + 1.0).isLessThanOrEqualTo(most + 1e-6);
            }
        }
    }

    @Property(tries = 200)
    void neverRefusesOneWhoSendsEvenlyWithinTheRate(
            @ForAll @IntRange(min = 1, max = 6000) int perMinute, @ForAll @IntRange(min = 1, max = 5) int burst) {
        RateLimiter limiter = new RateLimiter(new RateLimiter.Policy(perMinute, burst));
        long interval = 60 * SECOND / perMinute;
        for (long n = 0; n < 500; n++) {
            assertThat(limiter.decide("user", n * interval).allowed()).isTrue();
        }
    }

    @Property(tries = 200)
    void retryIsTheVeryInstantFromWhichARequestConforms(
            @ForAll @IntRange(min = 1, max = 1000) int perMinute, @ForAll @IntRange(min = 1, max = 20) int burst) {
        RateLimiter limiter = new RateLimiter(new RateLimiter.Policy(perMinute, burst));
        for (int i = 0; i < burst; i++) {
            RateLimiter.Decision decision = limiter.decide("user", 0);
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.remaining()).isEqualTo(burst - 1 - i);
        }
        long retry = limiter.decide("user", 0).retryNanos();
        assertThat(limiter.decide("user", retry - 1).allowed()).isFalse();
        assertThat(limiter.decide("user", retry).allowed()).isTrue();
    }

    @Test
    void oneUserDoesNotUseUpAnothersLimit() {
        RateLimiter limiter = new RateLimiter(new RateLimiter.Policy(1, 1));
        assertThat(limiter.decide("a", 0).allowed()).isTrue();
        assertThat(limiter.decide("a", 0).allowed()).isFalse();
        assertThat(limiter.decide("b", 0).allowed()).isTrue();
    }

    @Test
    void forgetsUsersWhoHaveBeenAwayLongEnough() {
        RateLimiter limiter = new RateLimiter(new RateLimiter.Policy(600, 10));
        for (int user = 0; user < 100_000; user++) {
            limiter.decide("user " + user, user * SECOND);
        }
        assertThat(limiter.remembered()).isLessThan(3000);
    }
}
