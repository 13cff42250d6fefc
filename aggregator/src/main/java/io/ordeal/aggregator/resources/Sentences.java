package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Words;
import io.ordeal.schemas.objective.Objective;

/// Reasons that several judges give.
final class Sentences {
    private Sentences() {}

    static String noReading(String reading, Objective objective) {
        return "no sample has the reading `" + reading + "`"
                + objective.on().map(target -> " on " + target).orElse("");
    }

    static String beyond(double observed, Objective objective) {
        var unit = objective.measure().unit();
        return "observed " + Words.quantity(observed, unit) + ", limit "
                + objective.comparison().symbol() + " " + Words.quantity(objective.limit(), unit);
    }
}
