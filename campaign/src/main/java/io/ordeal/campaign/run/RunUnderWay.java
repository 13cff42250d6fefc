package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunStarted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A run whose load is not over.
///
/// @param id the run
/// @param campaign its name
/// @param since when it began
/// @param generators who drive its segments
/// @param load what they said of it last; empty when they have not said anything for some seconds
public record RunUnderWay(
        String id, String campaign, Instant since, SortedSet<String> generators, Optional<CurrentLoad> load) {
    private static final Duration RECENT = Duration.ofSeconds(3);

    /// The load of a run as its generators told it last.
    ///
    /// @param rate iterations per second asked for
    /// @param users under way
    /// @param inFlight requests in flight
    /// @param saturated why generators cannot keep the schedule
    public record CurrentLoad(double rate, int users, int inFlight, SortedSet<String> saturated) {}

    /// Returns the runs whose load is not over, oldest first, without their load.
    public static List<RunUnderWay> all(Cluster cluster) {
        return among(Correspondence.history(cluster));
    }

    /// Returns them with their load.
    public static List<RunUnderWay> withLoad(Cluster cluster) {
        var recent = new RecordLoop.At(Instant.now().minus(RECENT));
        Map<String, Map<Integer, SegmentTick>> ticks = new HashMap<>();
        for (var timing : Correspondence.read(cluster, Topic.TIMINGS, Timing.class, recent)) {
            if (timing.event() instanceof SegmentTick tick) {
                ticks.computeIfAbsent(timing.run(), _ -> new HashMap<>())
                        .merge(timing.segment(), tick, (a, b) -> a.at().isAfter(b.at()) ? a : b);
            }
        }
        return all(cluster).stream()
                .map(run -> run.with(
                        Optional.ofNullable(ticks.get(run.id)).map(Map::values).map(RunUnderWay::sum)))
                .toList();
    }

    /// Returns the runs that `events` tell of the beginning, but not of the end.
    static List<RunUnderWay> among(List<LifecycleEvent> events) {
        var begun = new TreeMap<String, LifecycleEvent>();
        Map<String, Map<Integer, String>> owners = new HashMap<>();
        for (var event : events) {
            var segments = owners.computeIfAbsent(event.run(), _ -> new HashMap<>());
            switch (event.event()) {
                case RunStarted _ -> begun.put(event.run(), event);
                case RunFinished _ -> begun.remove(event.run());
                case SegmentTaken(int segment, int _) -> segments.put(segment, event.source());
                case SegmentFinished(int segment, int _) -> segments.remove(segment);
                default -> {
                    // says nothing about whether it is over
                }
            }
        }
        var runs = new ArrayList<RunUnderWay>();
        begun.forEach((run, event) -> {
            var generators = new TreeSet<>(owners.getOrDefault(run, Map.of()).values());
            if (!generators.isEmpty() && event.event() instanceof RunStarted started) {
                runs.add(new RunUnderWay(run, started.campaign(), event.at(), generators, Optional.empty()));
            }
        });
        runs.sort(Comparator.comparing(RunUnderWay::since));
        return List.copyOf(runs);
    }

    private RunUnderWay with(Optional<CurrentLoad> told) {
        return new RunUnderWay(id, campaign, since, generators, told);
    }

    private static CurrentLoad sum(Collection<SegmentTick> ticks) {
        return new CurrentLoad(
                ticks.stream().mapToDouble(SegmentTick::rate).sum(),
                ticks.stream().mapToInt(SegmentTick::users).sum(),
                ticks.stream().mapToInt(SegmentTick::inFlight).sum(),
                ticks.stream()
                        .map(SegmentTick::saturated)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
