package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.document.Until;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Quantity;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.objective.Statistic;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads guards, `until`, and what else is looked at window by window while a run goes on.
///
///     guard = measure [of NAME] comparison limit [with N requests] [for TIME]
///           | measure [of NAME] comparison limit burns (< | <=) RATE over TIME
final class GuardReader {
    private static final Pattern LASTING = Pattern.compile("(.*?)(?:\\s+for\\s+(\\S+))?\\s*");
    private static final Pattern BURNING = Pattern.compile("(.*?)\\s+burns\\s*(<=?)\\s*(\\S+)\\s+over\\s+(\\S+)\\s*");
    private static final String EXAMPLE = "`errors < 50% for 10s`";
    private static final String BURN_EXAMPLE = "`errors < 1% burns < 14 over 1m`";
    /// What windows carry of a measure that requests take themselves.
    private static final Set<Double> RANKS = Set.of(50.0, 90.0, 95.0, 99.0);

    private final ObjectiveReader objectives;
    private final Problems problems;

    GuardReader(ObjectiveReader objectives, Problems problems) {
        this.objectives = objectives;
        this.problems = problems;
    }

    /// Reads `errors < 50% for 10s` or `errors < 1% burns < 14 over 1m`.
    Optional<Guard> guard(Yaml value) {
        return Values.scalar(value, "for instance " + EXAMPLE, problems).flatMap(scalar -> {
            var burning = BURNING.matcher(scalar.text());
            if (burning.matches()) {
                return burning(scalar, burning);
            }
            if (scalar.text().matches(".*\\sburns\\s.*")) {
                return problems.refuse(Values.malformed(
                        scalar, "does not say how fast and over which time; write for instance " + BURN_EXAMPLE));
            }
            return lasting(scalar);
        });
    }

    private Optional<Guard> lasting(Yaml.Scalar scalar) {
        var parts = LASTING.matcher(scalar.text());
        if (!parts.matches()) {
            return problems.refuse(Values.malformed(scalar, "is no guard; write for instance " + EXAMPLE));
        }
        var objective = objective(scalar, parts.group(1).strip());
        var patience = Optional.ofNullable(parts.group(2))
                .map(text -> Values.duration(text, scalar.place(), problems))
                .orElse(Optional.of(Duration.ZERO));
        return objective.flatMap(
                parsed -> patience.map(time -> new Guard(spaced(scalar), parsed, new Guard.Lasting(time))));
    }

    private Optional<Guard> burning(Yaml.Scalar scalar, Matcher parts) {
        var objective = objective(scalar, parts.group(1).strip());
        var rate = Quantity.parse(parts.group(3))
                .filter(number -> number.unit().isEmpty() && number.number() > 0)
                .map(Quantity::number)
                .or(() -> problems.refuse(new DocumentProblem(
                        Code.MALFORMED,
                        "`" + parts.group(3) + "` is no burn rate above 0; write for instance " + BURN_EXAMPLE,
                        Mentions.within(scalar, parts.group(3)))));
        var over = Values.duration(parts.group(4), scalar.place(), problems)
                .filter(time -> time.isPositive()
                        || problems.refuse(Values.malformed(scalar, "burns over no time at all"))
                                .isPresent());
        var comparison = parts.group(2).equals("<") ? Comparison.LESS : Comparison.AT_MOST;
        return objective.flatMap(parsed ->
                rate.flatMap(number -> over.filter(_ -> canBurn(parsed, comparison, number, scalar))
                        .map(time -> new Guard(spaced(scalar), parsed, new Guard.Burning(comparison, number, time)))));
    }

    /// Whether there is a budget, and so little of it that it can burn that fast.
    private boolean canBurn(Objective objective, Comparison comparison, double rate, Yaml.Scalar scalar) {
        double allowed = Guard.allowed(objective).orElse(0.0);
        if (allowed <= 0) {
            return problems.refuse(new DocumentProblem(
                            Code.MALFORMED,
                            "only errors, availability and percentiles have a budget that burns, and one above 0",
                            scalar.place()))
                    .isPresent();
        }
        double fastest = 1 / allowed;
        if (comparison.holds(fastest, rate)) {
            return problems.refuse(new DocumentProblem(
                                    Code.NEVER_JUDGED,
                                    "the budget of `" + objective.expression()
                                            + "` cannot burn that fast: when all requests are bad, its rate is "
                                            + Math.round(fastest * 100) / 100.0,
                                    scalar.place())
                            .noting("help: write a smaller burn rate, or a smaller budget"))
                    .isPresent();
        }
        return true;
    }

    private Optional<Objective> objective(Yaml.Scalar scalar, String text) {
        var objective = ObjectiveReader.parse(text, ObjectiveParser::parse, scalar, problems);
        objective.ifPresent(parsed -> objectives.mentioned(parsed, scalar));
        return objective.filter(parsed -> windowed(parsed, scalar, "a guard"));
    }

    /// Reads `p95 > 500ms`, the condition at which steps end.
    Optional<Until> until(Yaml value) {
        return Values.scalar(value, "for instance `p95 > 500ms`", problems)
                .flatMap(scalar -> ObjectiveReader.parse(scalar.text(), ObjectiveParser::breach, scalar, problems)
                        .filter(parsed -> {
                            objectives.mentioned(parsed, scalar);
                            return windowed(parsed, scalar, "`until`") && ofAll(parsed, scalar);
                        })
                        .map(parsed -> new Until(spaced(scalar), parsed)));
    }

    private boolean windowed(Objective objective, Yaml.Scalar scalar, String who) {
        boolean plain = objective.scope().interval() instanceof Scope.Whole
                && objective.scope().phase().isEmpty()
                && objective.scope().tag().isEmpty()
                && objective.form() == Form.OVER_ALL
                && !objective.advisory();
        if (!plain || !seen(objective.measure())) {
            problems.add(new DocumentProblem(
                    Code.MALFORMED,
                    who + " looks at each window: a latency, errors, availability, throughput or what requests measure"
                            + " (p50, p90, p95, p99, mean, min, max of it), and no scope",
                    scalar.place()));
            return false;
        }
        return true;
    }

    private boolean ofAll(Objective objective, Yaml.Scalar scalar) {
        return (objective.of().isEmpty() && objective.least().isEmpty())
                || problems.refuse(new DocumentProblem(
                                Code.MALFORMED,
                                "`until` looks at all requests of a window; leave `of` and `with` out",
                                scalar.place()))
                        .isPresent();
    }

    private static boolean seen(Measure measure) {
        return switch (measure) {
            case Measure.Percentile _,
                    Measure.Mean _,
                    Measure.Maximum _,
                    Measure.ErrorRatio _,
                    Measure.Availability _,
                    Measure.Throughput _ -> true;
            case Measure.Custom(var _, Statistic.Rank(double percent), var _) -> RANKS.contains(percent);
            case Measure.Custom _ -> true;
            case Measure.Recovery _, Measure.TimeToTrip _, Measure.QueueDrain _, Measure.Level _, Measure.Slope _ ->
                false;
        };
    }

    private static String spaced(Yaml.Scalar scalar) {
        return scalar.text().strip().replaceAll("\\s+", " ");
    }
}
