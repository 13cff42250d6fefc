package io.ordeal.generator.user;

import io.ordeal.generator.schedule.Seed;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederEnd;
import io.ordeal.schemas.load.FeederOrder;
import java.util.List;
import java.util.Optional;

/// A segment's rows of one feeder, and how far they are taken. Not thread-safe: it belongs to the segment's event
/// loop.
public final class Feed {
    /// Choices of feeders, one for each, come before those of templates.
    private static final int FIRST_DRAW = 1 << 19;

    private final Feeder feeder;
    private final Seed seed;
    private final int draw;
    private long taken;

    /// Stands before the first row.
    ///
    /// @param place the feeder's place in the plan
    public Feed(Feeder feeder, int place, Seed seed) {
        this.feeder = feeder;
        this.seed = seed;
        this.draw = FIRST_DRAW + place;
    }

    String name() {
        return feeder.name();
    }

    /// Passes over as many rows.
    void skip(long rows) {
        taken += rows;
    }

    /// Gives the fields of the next row to `variables`; returns false at the end.
    boolean take(Variables variables, long who, long iteration) {
        return row(who, iteration).map(row -> give(row, variables)).orElse(false);
    }

    private boolean give(List<String> row, Variables variables) {
        for (int i = 0; i < row.size(); i++) {
            variables.set(feeder.fields().get(i), row.get(i));
        }
        return true;
    }

    private Optional<List<String>> row(long who, long iteration) {
        int size = feeder.rows().size();
        if (size == 0) {
            return Optional.empty();
        }
        return switch (feeder.order()) {
            case RANDOM -> Optional.of(feeder.rows().get((int) (seed.draw(who, iteration, draw) * size)));
            case CIRCULAR -> Optional.of(feeder.rows().get((int) (taken++ % size)));
            case SEQUENTIAL, SHUFFLED ->
                taken < size ? Optional.of(feeder.rows().get((int) taken++)) : Optional.empty();
        };
    }

    /// Returns why windows cannot be judged once it is at its end; empty when they can.
    Optional<String> spoils() {
        boolean ends = feeder.order() != FeederOrder.RANDOM && feeder.atEnd() == FeederEnd.ERROR;
        return ends ? Optional.of("feeder `" + feeder.name() + "` is at its end") : Optional.empty();
    }
}
