package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.results.Verdict;
import java.util.Comparator;
import java.util.List;

/// Which of several answers decides: the worst verdict, of those the worst value, of those the first.
final class Worst {
    private Worst() {}

    static Answer of(List<Answer> answers, Comparison comparison) {
        double least = comparison.bounded() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        Comparator<Answer> worse =
                Comparator.comparingInt(answer -> severity(answer.finding().verdict()));
        Comparator<Answer> beyond =
                Comparator.comparingDouble(answer -> answer.finding().observed().orElse(least));
        return answers.stream()
                .reduce((first, next) -> worse.thenComparing(comparison.bounded() ? beyond : beyond.reversed())
                                        .compare(next, first)
                                > 0
                        ? next
                        : first)
                .orElseThrow();
    }

    private static int severity(Verdict verdict) {
        return switch (verdict) {
            case PASS -> 0;
            case WARN -> 1;
            case INCONCLUSIVE -> 2;
            case FAIL -> 3;
        };
    }
}
