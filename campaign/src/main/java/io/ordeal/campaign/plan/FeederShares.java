package io.ordeal.campaign.plan;

import io.ordeal.generator.schedule.Seed;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The rows that each segment gets.
final class FeederShares {
    private static final long SHUFFLE = -1;

    private FeederShares() {}

    /// Returns the feeders of each segment: row k of segment i of n is row k n + i of the whole, which is shuffled
    /// before where that is asked for; all rows where any may be taken.
    static List<List<Feeder>> of(List<Feeder> feeders, long seed, int segments) {
        var ordered = IntStream.range(0, feeders.size())
                .mapToObj(place -> ordered(feeders.get(place), place, new Seed(seed)))
                .toList();
        return IntStream.range(0, segments)
                .mapToObj(segment -> ordered.stream()
                        .map(feeder -> share(feeder, segment, segments))
                        .toList())
                .toList();
    }

    private static Feeder ordered(Feeder feeder, int place, Seed seed) {
        if (feeder.order() != FeederOrder.SHUFFLED) {
            return feeder;
        }
        var rows = new ArrayList<>(feeder.rows());
        for (int last = rows.size() - 1; last > 0; last--) {
            Collections.swap(rows, last, (int) (seed.draw(SHUFFLE, place, last) * (last + 1)));
        }
        return with(feeder, rows);
    }

    private static Feeder share(Feeder feeder, int segment, int segments) {
        int size = feeder.rows().size();
        return switch (feeder.order()) {
            case RANDOM -> feeder;
            case SEQUENTIAL, SHUFFLED -> with(feeder, every(feeder, segment, segments));
            case CIRCULAR ->
                with(
                        feeder,
                        size >= segments
                                ? every(feeder, segment, segments)
                                : List.of(feeder.rows().get(segment % size)));
        };
    }

    private static List<List<String>> every(Feeder feeder, int segment, int segments) {
        return IntStream.iterate(segment, row -> row < feeder.rows().size(), row -> row + segments)
                .mapToObj(feeder.rows()::get)
                .toList();
    }

    private static Feeder with(Feeder feeder, List<List<String>> rows) {
        return new Feeder(feeder.name(), feeder.order(), feeder.atEnd(), feeder.fields(), rows);
    }
}
