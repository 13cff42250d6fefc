package io.ordeal.campaign.run;

import io.ordeal.schemas.resources.ResourceSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was used of resources while a run went on, in bounded space. Not thread-safe.
///
/// A series of more than [#MOST_POINTS] points is thinned by half: of two neighbours the greater value stays, so that
/// no peak is lost. Series beyond [#MOST_SERIES] are left out.
final class ResourceHistory {
    static final int MOST_SERIES = 512;
    static final int MOST_POINTS = 4_096;

    private record Key(String host, String process, String reading) {}

    private static final class Thinned {
        private final List<ResourceSeries.Point> points = new ArrayList<>();
        private int together = 1;
        private int inLast;

        void add(ResourceSeries.Point point) {
            if (inLast > 0 && inLast < together) {
                points.set(points.size() - 1, greater(points.getLast(), point));
                inLast++;
                return;
            }
            if (points.size() == MOST_POINTS) {
                halve();
            }
            points.add(point);
            inLast = 1;
        }

        private void halve() {
            for (int i = 0; i < MOST_POINTS / 2; i++) {
                points.set(i, greater(points.get(2 * i), points.get(2 * i + 1)));
            }
            points.subList(MOST_POINTS / 2, MOST_POINTS).clear();
            together *= 2;
        }

        private static ResourceSeries.Point greater(ResourceSeries.Point a, ResourceSeries.Point b) {
            return b.value() > a.value() ? b : a;
        }
    }

    private final Map<Key, Thinned> series = new LinkedHashMap<>();

    void add(ResourceSample sample) {
        sample.values().forEach((reading, value) -> {
            var key = new Key(sample.host(), sample.process(), reading);
            if (Double.isFinite(value) && (series.containsKey(key) || series.size() < MOST_SERIES)) {
                series.computeIfAbsent(key, _ -> new Thinned()).add(new ResourceSeries.Point(sample.at(), value));
            }
        });
    }

    /// Returns the series of these hosts, from `start` on, in the order in which they were first seen.
    List<ResourceSeries> of(Set<String> hosts, Instant start) {
        return series.entrySet().stream()
                .filter(entry -> hosts.contains(entry.getKey().host()))
                .map(entry -> new ResourceSeries(
                        entry.getKey().host(),
                        entry.getKey().process(),
                        entry.getKey().reading(),
                        entry.getValue().points.stream()
                                .filter(point -> !point.at().isBefore(start))
                                .toList()))
                .filter(one -> !one.points().isEmpty())
                .toList();
    }
}
