package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.Words;
import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.Trend;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The judge of growth, by the confidence interval of its slope.
final class SlopeJudge {
    static final double CONFIDENCE = 0.95;

    private final Objective objective;

    SlopeJudge(Objective objective) {
        this.objective = objective;
    }

    /// Returns how the source that decides has grown.
    ///
    /// @param levels of the readings that grow
    Answer answer(String reading, LevelJudge levels) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < levels.gauges().size(); i++) {
            answers.add(answer(
                    levels.points().get(i), " on " + levels.gauges().get(i).source()));
        }
        return answers.isEmpty()
                ? Answer.of(Finding.inconclusive(0, Sentences.noReading(reading, objective)))
                : Worst.of(answers, objective.comparison());
    }

    /// Returns how what has these points has grown.
    ///
    /// @param where of what, for the reason; may be empty
    Answer answer(List<Steps.Point> points, String where) {
        var trend = Trend.of(Steps.series(points), CONFIDENCE);
        if (trend.isEmpty()) {
            return Answer.of(Finding.inconclusive(
                    points.size(),
                    "too few points" + where + ": " + points.size() + " steps of time have samples, where "
                            + Trend.FEWEST + " are needed"));
        }
        var slope = trend.get().slope();
        var verdict = verdict(slope);
        var reason = switch (verdict) {
            case PASS, WARN -> "";
            case FAIL -> Sentences.beyond(slope.estimate(), objective) + where;
            case INCONCLUSIVE ->
                Sentences.beyond(slope.estimate(), objective) + where + "; it lies between " + quantity(slope.low())
                        + " and " + quantity(slope.high());
        };
        var finding = new Finding(Optional.of(slope.estimate()), points.size(), verdict, reason);
        return new Answer(finding, 0, 0, Optional.of(slope), List.of());
    }

    private Verdict verdict(Interval slope) {
        boolean bounded = objective.comparison().bounded();
        double worst = bounded ? slope.high() : slope.low();
        double best = bounded ? slope.low() : slope.high();
        if (objective.holds(worst)) {
            return Verdict.PASS;
        }
        return objective.holds(best) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
    }

    private String quantity(double value) {
        return Words.quantity(value, objective.measure().unit());
    }
}
