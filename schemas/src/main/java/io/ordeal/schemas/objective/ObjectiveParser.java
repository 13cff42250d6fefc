package io.ordeal.schemas.objective;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// Reads objectives.
///
///     objective  = measure [of NAME] comparison limit {clause}
///     measure    = [service] (pN | mean | max) | errors | availability | throughput | recovery
///     comparison = < | <= | > | >=
///     clause     = outside faults | during (faults | FAULT) | after (faults | FAULT) | in PHASE | per window
///
/// Limits carry units: times `us ms s m h`, ratios `%` or a plain number, rates `/s /m /h`.
public final class ObjectiveParser {
    private static final String MEASURES = "p50 ... p99.9, mean, max, errors, availability, throughput, recovery";

    private final String expression;
    private final boolean breach;
    private final Deque<String> words;

    private ObjectiveParser(String expression, boolean breach) {
        this.expression = expression;
        this.breach = breach;
        var spaced = expression.replaceAll("(<=|>=|<(?!=)|>(?!=))", " $1 ");
        this.words = new ArrayDeque<>(Arrays.stream(spaced.strip().split("\\s+"))
                .filter(w -> !w.isEmpty())
                .toList());
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
        var measure = measure();
        var of = accept("of")
                ? Optional.of(next("the name of a scenario or request after `of`"))
                : Optional.<String>empty();
        var comparison = comparison();
        double limit = limit(measure);
        check(measure, comparison, limit);
        var phase = Optional.<String>empty();
        var interval = Optional.<Scope.Interval>empty();
        boolean perWindow = false;
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            switch (word) {
                case "in" -> phase = once(phase, next("the name of a phase after `in`"), "in");
                case "outside" -> interval = once(interval, outside(), "faults");
                case "during" -> interval = once(interval, new Scope.DuringFaults(fault("during")), "faults");
                case "after" -> interval = once(interval, new Scope.AfterFaults(fault("after")), "faults");
                case "per" -> {
                    expect("window", "per");
                    perWindow = true;
                }
                default ->
                    throw problem("`" + word + "` is not understood; after the limit may stand: outside faults,"
                            + " during FAULT, after FAULT, in PHASE, per window");
            }
        }
        var scope = new Scope(phase, interval.orElse(new Scope.Whole()));
        return new Objective(expression, measure, of, comparison, limit, scope, perWindow);
    }

    private Measure measure() {
        var word = next("a measure: " + MEASURES);
        return switch (word) {
            case "service" -> latency(next("p50 ... p99.9, mean or max after `service`"), Measure.Latency.SERVICE);
            case "response" -> latency(next("p50 ... p99.9, mean or max after `response`"), Measure.Latency.RESPONSE);
            case "errors" -> new Measure.ErrorRatio();
            case "availability" -> new Measure.Availability();
            case "throughput" -> new Measure.Throughput();
            case "recovery" -> new Measure.Recovery();
            default -> latency(word, Measure.Latency.RESPONSE);
        };
    }

    private Measure latency(String word, Measure.Latency latency) {
        return switch (word) {
            case "mean" -> new Measure.Mean(latency);
            case "max" -> new Measure.Maximum(latency);
            default -> new Measure.Percentile(rank(word), latency);
        };
    }

    /// `p999` is read as p99.9, as people write both.
    private double rank(String word) {
        if (!word.matches("p[0-9]{1,3}(\\.[0-9]+)?")) {
            throw problem("`" + word + "` is no measure; there are: " + MEASURES);
        }
        double rank = Double.parseDouble(word.substring(1));
        double percent = rank > 100 ? rank / 10 : rank;
        if (percent <= 0 || percent > 100) {
            throw problem("`" + word + "` is no percentile; write p50, p95, p99 or p99.9");
        }
        return percent;
    }

    private Comparison comparison() {
        var word = next("a comparison: <, <=, > or >=");
        return Arrays.stream(Comparison.values())
                .filter(comparison -> comparison.symbol().equals(word))
                .findFirst()
                .orElseThrow(() -> problem("`" + word + "` is no comparison; write <, <=, > or >="));
    }

    private double limit(Measure measure) {
        var wanted = example(measure.unit());
        var word = next("a limit, for instance " + wanted);
        var quantity = Quantity.parse(word);
        var limit = switch (measure.unit()) {
            case SECONDS -> quantity.flatMap(Quantity::duration).map(ObjectiveParser::seconds);
            case RATIO -> quantity.flatMap(Quantity::ratio);
            case PER_SECOND -> quantity.flatMap(Quantity::perSecond);
        };
        return limit.orElseThrow(
                () -> problem("`" + word + "` is no limit for this measure; write for instance `" + wanted + "`"));
    }

    private void check(Measure measure, Comparison comparison, double limit) {
        if (measure.unit() == Unit.RATIO && limit > 1) {
            throw problem("a ratio is at most 100 %");
        }
        boolean better = comparison.bounded();
        boolean more = measure instanceof Measure.Availability || measure instanceof Measure.Throughput;
        if (breach && better != more) {
            throw problem("it says when it is too bad, and "
                    + (more ? "more of it is better: write < or <=" : "less of it is better: write > or >="));
        }
        if (!breach && better == more) {
            throw problem(more ? "more of it is better: write > or >=" : "less of it is better: write < or <=");
        }
    }

    private Scope.Interval outside() {
        expect("faults", "outside");
        return new Scope.OutsideFaults();
    }

    private Optional<String> fault(String preposition) {
        var word = next("`faults` or the id of a fault after `" + preposition + "`");
        return word.equals("faults") ? Optional.empty() : Optional.of(word);
    }

    private <T> Optional<T> once(Optional<T> before, T now, String what) {
        if (before.isPresent()) {
            throw problem("it says more than once which " + (what.equals("in") ? "phase" : what) + " count");
        }
        return Optional.of(now);
    }

    private boolean accept(String word) {
        if (word.equals(words.peekFirst())) {
            words.removeFirst();
            return true;
        }
        return false;
    }

    private void expect(String word, String after) {
        var found = next("`" + word + "` after `" + after + "`");
        if (!found.equals(word)) {
            throw problem("after `" + after + "` stands `" + word + "`, not `" + found + "`");
        }
    }

    private String next(String wanted) {
        var word = words.pollFirst();
        if (word == null) {
            throw problem("it ends where " + wanted + " is missing");
        }
        return word;
    }

    private MalformedObjective problem(String message) {
        return new MalformedObjective("`" + expression + "`: " + message);
    }

    private static String example(Unit unit) {
        return switch (unit) {
            case SECONDS -> "500ms";
            case RATIO -> "1%";
            case PER_SECOND -> "500/s";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
