package io.ordeal.generator.user;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.JsonCheck;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Step;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Looks at answers: whether they are good, and what is to be taken from them.
public final class Inspection {
    static final int FIRST_ERROR = 400;

    private final Check check;
    private final BitSet statuses = new BitSet();
    private final Predicate<Answer> body;
    private final List<Extractor> extract;
    private final List<Extractor> measures;
    private final boolean plain;
    private final boolean readsBody;

    private Inspection(Check check, List<Extraction> extract, List<Extraction> measures) {
        this.check = check;
        check.statuses().stream().filter(Statuses::exists).forEach(statuses::set);
        this.extract = extract.stream().map(Extractor::of).toList();
        this.measures = measures.stream().map(Extractor::of).toList();
        boolean looks = !check.bodyMatches().isEmpty() || !check.json().isEmpty();
        boolean measured =
                check.minBytes() > 0 || check.maxBytes() >= 0 || !check.within().isZero();
        this.plain = !looks && !measured && extract.isEmpty() && measures.isEmpty();
        this.readsBody = looks
                || (!plain && !check.bodyContains().isEmpty())
                || this.extract.stream().anyMatch(Extractor::readsBody)
                || this.measures.stream().anyMatch(Extractor::readsBody);
        this.body = body(check);
    }

    /// Prepares to look at answers.
    ///
    /// @throws IllegalArgumentException when a JSONPath or a regular expression is none; the message says which
    public static Inspection of(Check check, List<Extraction> extract, List<Extraction> measures) {
        return new Inspection(check, extract, measures);
    }

    /// Prepares to look at the answers to `step`.
    ///
    /// @throws IllegalArgumentException when a JSONPath or a regular expression is none; the message says which
    public static Inspection of(Step step) {
        return of(step.check(), step.extract(), step.measures());
    }

    /// Whether status, and a text that has to be there, are all that is looked at, and nothing is taken: such answers
    /// need not be kept.
    public boolean plain() {
        return plain;
    }

    /// Whether it needs the body.
    public boolean readsBody() {
        return readsBody;
    }

    /// Whether `status` is good.
    public boolean accepts(int status) {
        return statuses.isEmpty() ? status < FIRST_ERROR : statuses.get(status);
    }

    /// Looks at `answer`.
    public Finding of(Answer answer) {
        if (!accepts(answer.status())
                || (readsBody && answer.cut())
                || answer.bytes() < check.minBytes()
                || (check.maxBytes() >= 0 && answer.bytes() > check.maxBytes())
                || (!check.within().isZero() && answer.nanos() > check.within().toNanos())
                || !body.test(answer)) {
            return Finding.bad(answer.status());
        }
        return taken(answer).orElseGet(() -> Finding.bad(answer.status()));
    }

    /// Returns the variables of a step whose answer was not good; empty when one has nothing that stands for it.
    public Optional<Map<String, String>> fallbacks() {
        return values(extract, Extractor::fallback);
    }

    private Optional<Finding> taken(Answer answer) {
        return values(extract, extractor -> extractor.from(answer))
                .flatMap(values -> numbers(answer).map(numbers -> new Finding(Outcome.OK, values, numbers)));
    }

    private static Optional<Map<String, String>> values(
            List<Extractor> extractors, Function<Extractor, Optional<String>> source) {
        if (extractors.isEmpty()) {
            return Optional.of(Map.of());
        }
        var values = new HashMap<String, String>();
        for (var extractor : extractors) {
            source.apply(extractor).ifPresent(value -> values.put(extractor.name(), value));
        }
        return values.size() == extractors.size() ? Optional.of(values) : Optional.empty();
    }

    private Optional<Map<String, Double>> numbers(Answer answer) {
        if (measures.isEmpty()) {
            return Optional.of(Map.of());
        }
        var numbers = new HashMap<String, Double>();
        for (var measure : measures) {
            measure.from(answer).flatMap(Inspection::number).ifPresent(number -> numbers.put(measure.name(), number));
        }
        return numbers.size() == measures.size() ? Optional.of(numbers) : Optional.empty();
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip())).filter(Double::isFinite);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Predicate<Answer> body(Check check) {
        Predicate<Answer> all = _ -> true;
        if (!check.bodyContains().isEmpty()) {
            all = all.and(answer -> answer.text().contains(check.bodyContains()));
        }
        if (!check.bodyMatches().isEmpty()) {
            var search = Search.of(check.bodyMatches());
            all = all.and(answer -> search.matches(answer.text()));
        }
        for (JsonCheck wanted : check.json()) {
            var query = Query.of(wanted.path());
            all = all.and(answer -> answer.json().stream()
                    .flatMap(document -> query.in(document).stream())
                    .anyMatch(node -> wanted.equals()
                            .map(text -> text.equals(Json.text(node)))
                            .orElse(true)));
        }
        return all;
    }
}
