package io.ordeal.schemas.objective;

import java.util.Arrays;
import java.util.Optional;

/// Reads objectives.
///
///     objective  = [warn] measure [slope] [of NAME] comparison limit {clause}
///     measure    = [service | response] (pN | mean | max) | errors | availability | throughput
///                | recovery | time_to_trip | queue_drain
///                | NAME (pN | mean | min | max)      what requests measured themselves
///                | NAME [pN | mean | min | max]      a reading, where `on` follows or there is no statistic
///     comparison = < | <= | > | >=
///     clause     = outside faults | during (faults | FAULT) | after (faults | FAULT) | in PHASE
///                | tagged KEY=VALUE | on (TARGET | any) | with N requests | per window | as budget
///
/// Limits carry units: times `us ms s m h`, ratios `%` or a plain number, rates `/s /m /h`, bytes `B KB MB GB KiB MiB
/// GiB`; growth `5MB/h`, `5ms/h`, `1%/h`. A reading without a statistic is never beyond its limit.
public final class ObjectiveParser {
    private static final String CLAUSES = "outside faults, during FAULT, after FAULT, in PHASE, tagged KEY=VALUE,"
            + " on TARGET, with N requests, per window, as budget";

    private final Phrase phrase;
    private final boolean breach;

    private ObjectiveParser(String expression, boolean breach) {
        this.phrase = new Phrase(expression);
        this.breach = breach;
    }

    /// Reads one objective.
    ///
    /// @throws MalformedObjective when it is not one; the message says what was found, where, and what may stand
    /// there
    public static Objective parse(String expression) {
        return new ObjectiveParser(expression, false).objective();
    }

    /// Reads the opposite of an objective, for instance `p95 > 500ms`: it holds when the service has got too bad.
    ///
    /// @throws MalformedObjective when it is not one
    public static Objective breach(String expression) {
        return new ObjectiveParser(expression, true).objective();
    }

    private Objective objective() {
        boolean advisory = phrase.accept("warn");
        var draft = MeasureDraft.read(phrase);
        var of = phrase.accept("of")
                ? Optional.of(phrase.next("the name of a scenario or request after `of`"))
                : Optional.<String>empty();
        var comparison = comparison();
        var limit = draft.limit(phrase);
        var clauses = Clauses.read(phrase, CLAUSES);
        var measure = draft.measure(comparison, limit, clauses.on().isPresent(), phrase);
        var objective = new Objective(
                phrase.expression(),
                advisory,
                measure,
                of,
                clauses.on().filter(target -> !target.equals(Clauses.ANY)),
                comparison,
                limit.value(),
                clauses.scope(),
                clauses.form(),
                clauses.least());
        check(objective, clauses);
        return objective;
    }

    private Comparison comparison() {
        var word = phrase.next("a comparison: <, <=, > or >=");
        return Arrays.stream(Comparison.values())
                .filter(comparison -> comparison.symbol().equals(word))
                .findFirst()
                .orElseThrow(() -> phrase.problem("`" + word + "` is no comparison; write <, <=, > or >="));
    }

    private void check(Objective objective, Clauses clauses) {
        var measure = objective.measure();
        if ((measure instanceof Measure.ErrorRatio || measure instanceof Measure.Availability)
                && objective.limit() > 1) {
            throw phrase.problem("a ratio is at most 100 %");
        }
        direction(objective);
        if (objective.form() == Form.BUDGET && !budgeted(measure)) {
            throw phrase.problem("only errors, availability and percentiles have a budget of bad requests");
        }
        if (objective.form() != Form.OVER_ALL && (measure.ofFaults() || measure instanceof Measure.Slope)) {
            throw phrase.problem("it has one value for the whole scope; take `"
                    + (objective.perWindow() ? "per window" : "as budget") + "` out");
        }
        boolean ofResources = reads(measure);
        if (clauses.on().isPresent() && !ofResources) {
            throw phrase.problem("`on` names the target of a reading, and this is none");
        }
        boolean narrowed = objective.of().isPresent()
                || objective.scope().tag().isPresent()
                || clauses.least().isPresent();
        if (ofResources && narrowed) {
            throw phrase.problem("a reading is of a process, not of requests; `of`, `tagged` and `with` do not fit");
        }
    }

    private static boolean budgeted(Measure measure) {
        return switch (measure) {
            case Measure.ErrorRatio _, Measure.Availability _ -> true;
            case Measure.Percentile(double rank, var _) -> rank < 100;
            default -> false;
        };
    }

    private static boolean reads(Measure measure) {
        return switch (measure) {
            case Measure.Level _, Measure.TimeToTrip _, Measure.QueueDrain _ -> true;
            case Measure.Slope(var of) -> reads(of);
            default -> false;
        };
    }

    private void direction(Objective objective) {
        var measure = objective.measure();
        if (measure instanceof Measure.Custom || measure instanceof Measure.Level || measure instanceof Measure.Slope) {
            return; // whether more is better is theirs to say
        }
        boolean better = objective.comparison().bounded();
        boolean more = measure instanceof Measure.Availability || measure instanceof Measure.Throughput;
        if (breach && better != more) {
            throw phrase.problem("it says when it is too bad, and "
                    + (more ? "more of it is better: write < or <=" : "less of it is better: write > or >="));
        }
        if (!breach && better == more) {
            throw phrase.problem(more ? "more of it is better: write > or >=" : "less of it is better: write < or <=");
        }
    }
}
