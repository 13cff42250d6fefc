package io.ordeal.aggregator.judge;

/// The constants of judging. Equal evidence gives equal verdicts only while these stay as they are, so no setting
/// changes them.
public final class Rules {
    /// Requests that must be expected beyond a percentile over the run: p99 needs 1,000 requests.
    public static final int TAIL_OF_RUN = 10;

    /// Requests that must be expected beyond a percentile in one window: p99 needs 100 requests.
    public static final int TAIL_OF_WINDOW = 1;

    /// Windows in a row in which all objectives must hold before a service counts as recovered.
    public static final int RECOVERY_WINDOWS = 3;

    /// Windows before a fault that make its baseline, at most.
    public static final int BASELINE_WINDOWS = 30;

    /// The part of the windows that a generator may be saturated in before the run cannot be judged.
    public static final double SATURATED = 0.05;

    /// The part of the load that may be dropped before the load counts as not delivered.
    public static final double DROPPED = 0.01;

    /// The confidence of intervals.
    public static final double CONFIDENCE = 0.95;

    /// Standard deviations to either side that take in so much of a normal distribution.
    public static final double NORMAL = 1.96;

    /// Windows that are named where an objective did not hold.
    public static final int WORST_WINDOWS = 5;

    /// Kinds of requests that one run may have, by their index; events of others are refused.
    public static final int REQUESTS = 2_000;

    /// Names of custom measures that one segment may have; values under others are refused.
    public static final int MEASURES = 16;

    /// Without a beat of the aggregator for longer than this, in microseconds, nobody has watched.
    public static final long SILENCE = 5_000_000;

    private Rules() {}
}
