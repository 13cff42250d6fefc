package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The readings of resource use that count for a run.
final class Resources {
    private static final int MOST = 512;
    /// Samples so close to the end of the run may still be on their way.
    private static final long ON_THEIR_WAY = 3 * Micros.SECOND;

    private final Map<Series, List<Reading>> series = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private long refused;

    /// A reading of a source.
    record Series(String source, String reading) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : reading.compareTo(other.reading);
        }
    }

    /// One value, microseconds since the epoch, to four digits.
    record Reading(long at, double value) {}

    /// The values of one source at one instant.
    record Sample(String source, long at, Map<String, Double> values) {}

    /// Takes those of `run` that lie in its time.
    static Resources of(String run, List<ResourceSample> all, Story story) {
        var resources = new Resources();
        long from = story.started().orElse(Long.MAX_VALUE);
        long to = story.finished().map(at -> at - ON_THEIR_WAY).orElse(Long.MAX_VALUE);
        for (var sample : all) {
            long at = Micros.of(sample.at());
            boolean ours = sample.run().isEmpty() || sample.run().equals(run);
            if (ours && from <= at && at <= to) {
                resources.take(sample, at);
            }
        }
        return resources;
    }

    private void take(ResourceSample sample, long at) {
        var source = sample.host() + "/" + sample.process();
        var kept = new TreeMap<String, Double>();
        new TreeMap<>(sample.values()).forEach((name, value) -> {
            var key = new Series(source, name);
            if (!Double.isFinite(value)) {
                return;
            }
            if (series.containsKey(key) || series.size() < MOST) {
                kept.put(name, FourDigits.of(value));
                series.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Reading(at, FourDigits.of(value)));
            } else {
                refused++;
            }
        });
        samples.add(new Sample(source, at, kept));
    }

    long refused() {
        return refused;
    }

    List<Sample> samples() {
        return samples;
    }

    /// Returns every reading of every source.
    Map<Series, List<Reading>> all() {
        return series;
    }

    /// Returns a reading by source, of the sources that `objective` is about.
    Map<String, List<Reading>> of(String reading, Objective objective) {
        return of(
                reading,
                source -> objective.on().map(target -> called(source, target)).orElse(true));
    }

    /// Returns a reading by source.
    Map<String, List<Reading>> of(String reading) {
        return of(reading, _ -> true);
    }

    private Map<String, List<Reading>> of(String reading, java.util.function.Predicate<String> sources) {
        var found = new TreeMap<String, List<Reading>>();
        series.forEach((key, readings) -> {
            if (key.reading.equals(reading) && sources.test(key.source)) {
                found.put(key.source, readings);
            }
        });
        return found;
    }

    /// A source is called like its process, or like its host if it has none.
    private static boolean called(String source, String target) {
        int slash = source.indexOf('/');
        var process = source.substring(slash + 1);
        return target.equals(process.isEmpty() ? source.substring(0, slash) : process);
    }
}
