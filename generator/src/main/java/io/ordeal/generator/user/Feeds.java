package io.ordeal.generator.user;

import io.ordeal.generator.schedule.Seed;
import io.ordeal.schemas.load.Feeder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The feeders of a segment. Not thread-safe: they belong to the segment's event loop.
public final class Feeds {
    private final List<Feed> feeds;
    private final Consumer<String> spoiled;

    /// Stands before the first row of each.
    ///
    /// @param spoiled takes why windows cannot be judged from now on
    public Feeds(List<Feeder> feeders, Seed seed, Consumer<String> spoiled) {
        this.feeds = IntStream.range(0, feeders.size())
                .mapToObj(place -> new Feed(feeders.get(place), place, seed))
                .toList();
        this.spoiled = spoiled;
    }

    /// Returns the feeders of these names.
    public List<Feed> named(List<String> names) {
        return feeds.stream().filter(feed -> names.contains(feed.name())).toList();
    }

    /// Passes over the rows that as many iterations before may have taken.
    public void skip(long iterations) {
        feeds.forEach(feed -> feed.skip(iterations));
    }

    /// Gives the fields of the next row of each of `wanted` to `variables`; returns whether there were enough rows.
    public boolean take(List<Feed> wanted, Variables variables, long who, long iteration) {
        for (var feed : wanted) {
            if (!feed.take(variables, who, iteration)) {
                Optional<String> why = feed.spoils();
                why.ifPresent(spoiled);
                return false;
            }
        }
        return true;
    }
}
