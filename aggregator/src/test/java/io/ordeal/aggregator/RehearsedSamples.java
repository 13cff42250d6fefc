package io.ordeal.aggregator;

import io.ordeal.schemas.resources.ResourceSample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What injectors would have said beside a rehearsal: of two hosts and a process, from before its start until after its
/// end.
final class RehearsedSamples {
    private static final long PERIOD = 250_000;

    private RehearsedSamples() {}

    /// Returns the samples in order of time.
    ///
    /// @param start microseconds since the epoch
    /// @param length of the load, microseconds
    static List<ResourceSample> of(long start, long length, long seed) {
        var random = new Random(seed);
        var samples = new ArrayList<ResourceSample>();
        long shift = random.nextInt(200_000);
        for (long at = start - 2_000_000 + shift; at < start + length + 6_000_000; at += PERIOD) {
            samples.add(sample("here", "", at, host(random)));
            samples.add(sample("here", "api", at + 1_000, process(random, at - start)));
            if (random.nextInt(10) > 0) {
                samples.add(sample("there", "", at + 20_000, host(random)));
            }
        }
        return samples;
    }

    private static Map<String, Double> host(Random random) {
        return Map.of("cpu", random.nextDouble(), "memory", 0.5 + 0.45 * random.nextDouble());
    }

    private static Map<String, Double> process(Random random, long after) {
        var values = new HashMap<String, Double>();
        values.put("heap_after_gc", 1e8 + after + random.nextInt(100_000));
        values.put("queue_depth", (double) random.nextInt(after > 3_000_000 && after < 5_000_000 ? 50 : 5));
        values.put("connections", (double) random.nextInt(100));
        if (random.nextBoolean()) {
            values.put("connections_limit", 100.0);
        }
        values.put("circuit_open", after > 3_500_000 && after < 4_200_000 ? 1.0 : 0.0);
        values.put("nothing", Double.NaN);
        return values;
    }

    private static ResourceSample sample(String host, String process, long at, Map<String, Double> values) {
        return new ResourceSample("", host, process, Instant.EPOCH.plus(at, ChronoUnit.MICROS), values);
    }
}
