package io.ordeal.aggregator;

import io.ordeal.aggregator.window.Patience;
import io.ordeal.runtime.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What the aggregator is told beyond what every service is.
///
/// @param threads stream threads of this instance
/// @param runPartitions partitions of the second stage: how many runs can be put together side by side
/// @param commit between two commits; verdicts become visible with them
/// @param session without a sign of life, after which another instance takes over
/// @param transaction after which the broker ends what a killed instance left open
/// @param standbys further instances that keep a copy of the state
/// @param member the name of a static member, which takes up its work again without a rebalance after a restart
/// @param patience how long to wait for what may never come
/// @param planPatience how long the first event of a run waits for its objectives
public record AggregatorSettings(
        int threads,
        int runPartitions,
        Duration commit,
        Duration session,
        Duration transaction,
        int standbys,
        Optional<String> member,
        Patience patience,
        Duration planPatience) {

    /// What holds when nothing is said.
    public static AggregatorSettings usual() {
        return read(new Environment(Map.of()));
    }

    /// Reads the `ORDEAL_AGGREGATOR_` variables; the caller validates `environment` in the end.
    public static AggregatorSettings read(Environment environment) {
        return new AggregatorSettings(
                environment.number("ORDEAL_AGGREGATOR_THREADS", 1, 1, 256),
                environment.number("ORDEAL_AGGREGATOR_RUN_PARTITIONS", 2, 1, 256),
                millis(environment, "ORDEAL_AGGREGATOR_COMMIT_MS", 100, 10, 10_000),
                millis(environment, "ORDEAL_AGGREGATOR_SESSION_MS", 6_000, 6_000, 300_000),
                millis(environment, "ORDEAL_AGGREGATOR_TRANSACTION_MS", 10_000, 1_000, 900_000),
                environment.number("ORDEAL_AGGREGATOR_STANDBYS", 0, 0, 16),
                environment.text("ORDEAL_AGGREGATOR_MEMBER"),
                new Patience(
                        millis(environment, "ORDEAL_AGGREGATOR_SILENCE_MS", 5_000, 100, 3_600_000),
                        millis(environment, "ORDEAL_AGGREGATOR_END_MS", 10_000, 100, 3_600_000),
                        millis(environment, "ORDEAL_AGGREGATOR_RUNNER_MS", 60_000, 1_000, 86_400_000)),
                millis(environment, "ORDEAL_AGGREGATOR_PLAN_MS", 5_000, 0, 60_000));
    }

    private static Duration millis(Environment environment, String name, int otherwise, int least, int most) {
        return Duration.ofMillis(environment.number(name, otherwise, least, most));
    }
}
