package io.ordeal.campaign.audit;

import io.ordeal.aggregator.audit.Results;
import io.ordeal.aggregator.audit.RunRecords;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that the topics have of one run.
///
/// @param gone what retention has taken, in words; empty where nothing is missing
public record RunArchive(RunRecords records, Results told, List<String> gone) {
    private static final Duration PLAUSIBLE = Duration.ofHours(1);

    public RunArchive {
        gone = List.copyOf(gone);
    }

    /// Reads the topics up to their present ends.
    ///
    /// @return empty where no objectives of such a run were published
    public static Optional<RunArchive> read(Cluster cluster, String run) {
        var objectives = TopicPast.read(
                cluster,
                Topic.OBJECTIVES,
                RunObjectives.class,
                past -> past.record().run().equals(run));
        return objectives.records().isEmpty()
                ? Optional.empty()
                : Optional.of(read(cluster, objectives.records().getLast().record()));
    }

    private static RunArchive read(Cluster cluster, RunObjectives objectives) {
        var run = objectives.run();
        var lifecycle = TopicPast.read(cluster, Topic.LIFECYCLE, LifecycleEvent.class, past -> about(past, run));
        var timings = TopicPast.read(cluster, Topic.TIMINGS, Timing.class, past -> plausible(past, run));
        var samples = TopicPast.read(cluster, Topic.RESOURCES, ResourceSample.class, past -> of(past, run));
        var windows = TopicPast.read(
                cluster,
                Topic.WINDOWS,
                WindowSummary.class,
                past -> past.record().run().equals(run));
        var verdicts = TopicPast.read(
                cluster,
                Topic.VERDICTS,
                VerdictEvent.class,
                past -> past.record().run().equals(run));
        var gone = new ArrayList<String>();
        started(lifecycle.all(), run)
                .ifPresentOrElse(
                        start -> List.of(lifecycle, timings, samples, windows, verdicts)
                                .forEach(topic -> gone.addAll(topic.gone(start))),
                        () -> gone.add("the start of the run is no longer on " + lifecycle.name()));
        return new RunArchive(
                new RunRecords(objectives, timings.all(), lifecycle.all(), samples.all()),
                new Results(windows.all(), verdicts.all()),
                gone);
    }

    /// Whether the verdict on the run was told.
    public boolean judged() {
        return told.verdicts().stream().anyMatch(event -> event.verdict() instanceof RunVerdict);
    }

    /// An aggregator lives for all runs, so what belongs to none is kept too.
    private static boolean about(TopicPast.Past<LifecycleEvent> past, String run) {
        return past.record().run().isEmpty() || past.record().run().equals(run);
    }

    private static boolean of(TopicPast.Past<ResourceSample> past, String run) {
        return past.record().run().isEmpty() || past.record().run().equals(run);
    }

    /// The aggregator refuses timings whose time is far from that of their record.
    private static boolean plausible(TopicPast.Past<Timing> past, String run) {
        return past.record().run().equals(run)
                && Duration.between(past.at(), instant(past.record())).abs().compareTo(PLAUSIBLE) < 0;
    }

    private static Instant instant(Timing timing) {
        return switch (timing.event()) {
            case RequestTiming request -> Instant.ofEpochMilli(request.ended() / 1000);
            case SegmentTick tick -> tick.at();
        };
    }

    private static Optional<Instant> started(List<LifecycleEvent> events, String run) {
        return events.stream()
                .filter(event -> event.run().equals(run))
                .filter(event -> event.event() instanceof LifecycleEvent.RunStarted)
                .map(LifecycleEvent::at)
                .findFirst();
    }
}
