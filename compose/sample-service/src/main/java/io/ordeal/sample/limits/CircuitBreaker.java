package io.ordeal.sample.limits;

import java.time.Duration;
import java.util.OptionalLong;

/// A switch that stops calls to a downstream that fails, and lets a few through to see whether it is well again.
///
///                  too many of the last calls failed
///     +--------+ ------------------------------------> +------+
///     | CLOSED |                                       | OPEN | <---------+
///     +--------+ <---------+                           +------+           |
///                          | all trial calls succeeded     | its time     | a trial call
///                          |                               v is over      | failed
///                          |                        +-----------+         |
///                          +----------------------- | HALF_OPEN | --------+
///                                                   +-----------+
///
/// Every permitted call must be reported once. What a call reports after the state has changed is ignored: a
/// straggler
/// from before must not open a breaker that has just closed.
public final class CircuitBreaker {

    /// What the breaker lets through.
    public enum State {
        /// Every call.
        CLOSED,
        /// No call.
        OPEN,
        /// A few trial calls.
        HALF_OPEN
    }

    /// When the breaker opens and closes.
    ///
    /// @param window over how many of the last calls failures are counted
    /// @param minimumCalls below which nothing is concluded, at most `window`
    /// @param failureRate from which it opens, above 0, at most 1
    /// @param open how long it stays open
    /// @param trialCalls how many must succeed before it closes
    public record Policy(int window, int minimumCalls, double failureRate, Duration open, int trialCalls) {}

    private Policy policy;
    private State state = State.CLOSED;
    private boolean[] failed;
    private int reported;
    private int failures;
    private int trials;
    private int successes;
    private long reopenNanos;
    private long generation;

    /// A closed breaker.
    public CircuitBreaker(Policy policy) {
        this.policy = policy;
        this.failed = new boolean[policy.window];
    }

    /// Puts another policy in force. A breaker that is closed starts counting anew; an open one keeps its time.
    public void adopt(Policy changed) {
        if (!changed.equals(policy)) {
            policy = changed;
            if (state == State.CLOSED) {
                close();
            }
        }
    }

    /// Asks for a call at `nowNanos`: a ticket to report its outcome with, or empty if the call is not permitted.
    public OptionalLong acquire(long nowNanos) {
        if (state == State.OPEN && nowNanos - reopenNanos >= 0) {
            enter(State.HALF_OPEN);
        }
        return switch (state) {
            case CLOSED -> OptionalLong.of(generation);
            case OPEN -> OptionalLong.empty();
            case HALF_OPEN -> trials++ < policy.trialCalls ? OptionalLong.of(generation) : OptionalLong.empty();
        };
    }

    /// Reports how the call with this ticket went.
    public void report(long ticket, boolean success, long nowNanos) {
        if (ticket != generation) {
            return;
        }
        switch (state) {
            case CLOSED -> count(success, nowNanos);
            case OPEN -> throw new IllegalStateException("a call was permitted while open");
            case HALF_OPEN -> conclude(success, nowNanos);
        }
    }

    /// What the breaker lets through at the moment.
    public State state() {
        return state;
    }

    private void count(boolean success, long nowNanos) {
        int slot = reported % failed.length;
        failures -= failed[slot] ? 1 : 0;
        failed[slot] = !success;
        failures += success ? 0 : 1;
        // Beyond the window only the slot matters; starting over at a multiple keeps the number from overflowing.
        reported = reported + 1 == 2 * failed.length ? failed.length : reported + 1;
        int calls = Math.min(reported, failed.length);
        if (calls >= policy.minimumCalls && failures >= policy.failureRate * calls) {
            open(nowNanos);
        }
    }

    private void conclude(boolean success, long nowNanos) {
        if (!success) {
            open(nowNanos);
        } else if (++successes >= policy.trialCalls) {
            close();
        }
    }

    private void open(long nowNanos) {
        enter(State.OPEN);
        reopenNanos = nowNanos + policy.open.toNanos();
    }

    private void close() {
        enter(State.CLOSED);
        failed = new boolean[policy.window];
    }

    private void enter(State entered) {
        state = entered;
        generation++;
        reported = 0;
        failures = 0;
        trials = 0;
        successes = 0;
    }
}
