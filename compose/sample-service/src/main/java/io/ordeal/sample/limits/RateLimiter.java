package io.ordeal.sample.limits;

import java.util.HashMap;
import java.util.Map;

/// A limit on the requests of each user, by the generic cell rate algorithm.
///
/// Each user has one instant: when the bucket would be full again (the theoretical arrival time). A request moves it
/// on
/// by one interval, and conforms while it lies at most `burst` intervals ahead. So over any time `t` a user gets at
/// most
/// `burst + t / interval` requests through, and one who sends evenly within the rate is never refused.
public final class RateLimiter {

    private static final int SWEEP_FROM = 1024;

    /// The limit.
    ///
    /// @param perMinute requests per user and minute; 0 is no limit
    /// @param burst how many may come at once, at least 1
    public record Policy(int perMinute, int burst) {

        /// Whether there is a limit at all.
        public boolean isOn() {
            return perMinute > 0;
        }
    }

    /// What the limiter says about one request.
    ///
    /// @param allowed whether it conforms
    /// @param remaining how many more would conform right now
    /// @param retryNanos until one would conform again; 0 if allowed
    /// @param resetNanos until the user may send a whole burst again
    public record Decision(boolean allowed, int remaining, long retryNanos, long resetNanos) {}

    private final Policy policy;
    private final long interval;
    private final Map<String, Long> fullAgain = new HashMap<>();
    private int sweepAt = SWEEP_FROM;

    /// @param policy a limit that is on
    public RateLimiter(Policy policy) {
        if (!policy.isOn() || policy.burst < 1) {
            throw new IllegalArgumentException("not a limit: " + policy);
        }
        this.policy = policy;
        this.interval = 60_000_000_000L / policy.perMinute;
    }

    /// The limit in force.
    public Policy policy() {
        return policy;
    }

    /// Judges a request of `user` that comes at `nowNanos`, and counts it if it conforms.
    public Decision decide(String user, long nowNanos) {
        sweep(nowNanos);
        Long known = fullAgain.get(user);
        long ahead = known == null ? 0 : Math.max(0, known - nowNanos);
        long tooFar = ahead - interval * (policy.burst - 1);
        if (tooFar > 0) {
            return new Decision(false, 0, tooFar, ahead);
        }
        long after = ahead + interval;
        fullAgain.put(user, nowNanos + after);
        int remaining = (int) (policy.burst - Math.ceilDiv(after, interval));
        return new Decision(true, remaining, 0, after);
    }

    /// How many users are remembered: only those whose bucket is not full, give or take a sweep.
    int remembered() {
        return fullAgain.size();
    }

    /// Forgets users with a full bucket, who are as good as new, each time the map has doubled.
    private void sweep(long nowNanos) {
        if (fullAgain.size() >= sweepAt) {
            fullAgain.values().removeIf(instant -> instant - nowNanos <= 0);
            sweepAt = Math.max(SWEEP_FROM, 2 * fullAgain.size());
        }
    }
}
