package io.ordeal.schemas.wire;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The topics of the contract, each with the one record type that it carries.
public enum Topic {
    /// Commands, keyed by run.
    CONTROL("control", "control", Command.class, false, Kept.forDays(7)),
    /// What was done, keyed by run.
    LIFECYCLE("lifecycle", "lifecycle", LifecycleEvent.class, false, Kept.forDays(7)),
    /// Load plans, keyed by run and segment.
    SEGMENTS("segments", "segments", SegmentPlan.class, true, Kept.compacted(Topic.LARGEST_PLAN)),
    /// One event per request, and ticks; keyed by segment.
    TIMINGS("timings", "timings", Timing.class, true, Kept.asLog(Duration.ofDays(2), 256 << 20)),
    /// Resource samples, keyed by host and process.
    RESOURCES("resources", "resources", ResourceSample.class, false, Kept.forDays(7)),
    /// Objectives of runs, keyed by run.
    OBJECTIVES("objectives", "objectives", RunObjectives.class, false, Kept.compacted()),
    /// Closed windows, keyed by run and request.
    WINDOWS("windows", "results", WindowSummary.class, true, Kept.forDays(30)),
    /// Verdicts, keyed by run.
    VERDICTS("verdicts", "results", VerdictEvent.class, false, Kept.forDays(30)),
    /// What could not be accepted, byte for byte, with the reason in headers.
    DEAD_LETTER("deadletter", "", Void.class, false, Kept.forDays(30));

    /// The largest plan of a segment, bytes: with the rows of its feeders.
    public static final int LARGEST_PLAN = 16 << 20;

    private final String suffix;
    private final String idl;
    private final Class<?> record;
    private final boolean partitioned;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of cannot be changed
    private final Map<String, String> configuration;

    Topic(String suffix, String idl, Class<?> record, boolean partitioned, Map<String, String> configuration) {
        this.suffix = suffix;
        this.idl = idl;
        this.record = record;
        this.partitioned = partitioned;
        this.configuration = configuration;
    }

    /// Returns the topic's name below `prefix`, which ends in its own separator, for instance `ordeal.`.
    public String named(String prefix) {
        return prefix + suffix;
    }

    /// Returns the record type, or empty for the dead letters, which are bytes.
    public Optional<Class<?>> record() {
        return record == Void.class ? Optional.empty() : Optional.of(record);
    }

    /// Returns the name of the file of Avro IDL that defines the record.
    String idl() {
        return idl;
    }

    /// Whether the topic has a partition per segment (up to a limit) rather than one.
    public boolean partitioned() {
        return partitioned;
    }

    /// Returns the configuration that the topic is created with.
    public Map<String, String> configuration() {
        return configuration;
    }

    /// How long topics keep their records.
    private static final class Kept {
        private static final String MAX_DAYS_SEGMENT =
                String.valueOf(Duration.ofDays(1).toMillis());

        static Map<String, String> forDays(int days) {
            return Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    String.valueOf(Duration.ofDays(days).toMillis()),
                    "segment.ms",
                    MAX_DAYS_SEGMENT);
        }

        static Map<String, String> compacted() {
            return Map.of("cleanup.policy", "compact", "segment.bytes", String.valueOf(16 << 20));
        }

        static Map<String, String> compacted(int largest) {
            var configuration = new HashMap<>(compacted());
            configuration.put("max.message.bytes", String.valueOf(largest));
            configuration.put("segment.bytes", String.valueOf(2 * largest));
            return Map.copyOf(configuration);
        }

        /// Retention drops whole closed segments, so these are kept small.
        static Map<String, String> asLog(Duration time, int segmentBytes) {
            return Map.of(
                    "cleanup.policy", "delete",
                    "compression.type", "producer",
                    "retention.ms", String.valueOf(time.toMillis()),
                    "segment.ms", String.valueOf(Duration.ofHours(1).toMillis()),
                    "segment.bytes", String.valueOf(segmentBytes));
        }
    }
}
