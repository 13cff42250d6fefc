package io.ordeal.sample.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {

    private static final long OPEN_NANOS = 1_000_000_000L;
    private static final CircuitBreaker.Policy POLICY =
            new CircuitBreaker.Policy(10, 4, 0.5, Duration.ofNanos(OPEN_NANOS), 2);

    private final CircuitBreaker breaker = new CircuitBreaker(POLICY);

    @Test
    void opensWhenHalfOfTheLastCallsFailed() {
        calls(true, true, false);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        calls(false);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(breaker.acquire(0)).isEmpty();
    }

    @Test
    void concludesNothingFromTooFewCalls() {
        calls(false, false, false);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void forgetsWhatLiesBeforeItsWindow() {
        calls(true, true, true, true, true, true, false, false, false, false);
        calls(true, true, true, true, true, true, true, true, true, true, false, false, false, false);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        calls(false);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void closesWhenAllTrialCallsSucceeded() {
        calls(false, false, false, false);
        assertThat(breaker.acquire(OPEN_NANOS - 1)).isEmpty();
        long first = breaker.acquire(OPEN_NANOS).orElseThrow();
        long second = breaker.acquire(OPEN_NANOS).orElseThrow();
        assertThat(breaker.acquire(OPEN_NANOS)).as("more than the trial calls").isEmpty();
        breaker.report(first, true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        breaker.report(second, true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void opensAgainWhenATrialCallFails() {
        calls(false, false, false, false);
        breaker.report(breaker.acquire(OPEN_NANOS).orElseThrow(), false, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(breaker.acquire(2 * OPEN_NANOS - 1)).isEmpty();
        assertThat(breaker.acquire(2 * OPEN_NANOS)).isPresent();
    }

    @Test
    void ignoresStragglersFromAnEarlierState() {
        long straggler = breaker.acquire(0).orElseThrow();
        calls(false, false, false, false);
        long trial = breaker.acquire(OPEN_NANOS).orElseThrow();
        breaker.report(straggler, false, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        breaker.report(trial, true, OPEN_NANOS);
        breaker.report(breaker.acquire(OPEN_NANOS).orElseThrow(), true, OPEN_NANOS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    /// The breaker against a plain recount of its window.
    @Property
    void isOpenExactlyFromTheFirstWindowWithTooManyFailures(@ForAll List<Boolean> outcomes) {
        CircuitBreaker tested = new CircuitBreaker(POLICY);
        boolean expectOpen = false;
        for (int i = 0; i < outcomes.size() && !expectOpen; i++) {
            tested.report(tested.acquire(0).orElseThrow(), outcomes.get(i), 0);
            List<Boolean> window = outcomes.subList(Math.max(0, i + 1 - POLICY.window()), i + 1);
            long failures = window.stream().filter(it -> !it).count();
            expectOpen = window.size() >= POLICY.minimumCalls() && failures >= POLICY.failureRate() * window.size();
            assertThat(tested.state() == CircuitBreaker.State.OPEN).isEqualTo(expectOpen);
        }
    }

    private void calls(boolean... successes) {
        for (boolean success : successes) {
            breaker.report(breaker.acquire(0).orElseThrow(), success, 0);
        }
    }
}
