package io.ordeal.campaign.read;

import io.ordeal.generator.user.Inspection;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import io.ordeal.schemas.load.JsonCheck;
import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Reads what makes an answer good: `{status: 2xx, json: {$.state: done}, within: 200ms}`.
final class CheckReader {
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
    private static final Pattern STATUS_CLASS = Pattern.compile("[1-5]xx");
    private static final Duration LONGEST = Duration.ofHours(1);

    private CheckReader() {}

    /// The least and the greatest length of a body; -1: any.
    private record Size(long least, long most) {}

    static Optional<Check> read(Yaml value, Problems problems) {
        return Fields.open(value, Keys.CHECK, "a check", problems).map(fields -> {
            var size = fields.optional("size", CheckReader::size).orElse(new Size(0, -1));
            return new Check(
                    fields.optional("status", CheckReader::statuses).orElse(List.of()),
                    fields.optional("contains", Values::text).orElse(""),
                    fields.optional("matches", CheckReader::pattern).orElse(""),
                    fields.optional("json", CheckReader::json).orElse(List.of()),
                    size.least,
                    size.most,
                    fields.optional("within", Values.duration(Duration.ofMillis(1), LONGEST))
                            .orElse(Duration.ZERO));
        });
    }

    private static Optional<List<Integer>> statuses(Yaml value, Problems problems) {
        return switch (value) {
            case Yaml.Sequence _ ->
                Values.list(value, "`status`", problems)
                        .map(items -> items.stream()
                                .flatMap(item -> status(item, problems).stream().flatMap(List::stream))
                                .distinct()
                                .toList());
            case Yaml.Scalar _, Yaml.Mapping _ -> status(value, problems);
        };
    }

    private static Optional<List<Integer>> status(Yaml value, Problems problems) {
        return Values.scalar(value, "a status, for instance `200` or `2xx`", problems)
                .flatMap(scalar -> status(scalar.text())
                        .or(() -> problems.refuse(
                                Values.malformed(scalar, "is no status; write `200`, `[200, 201]` or `2xx`"))));
    }

    /// Returns the statuses that `200` or `2xx` stands for; empty when it is neither.
    static Optional<List<Integer>> status(String text) {
        if (STATUS.matcher(text).matches()) {
            return Optional.of(List.of(Integer.parseInt(text)));
        }
        if (STATUS_CLASS.matcher(text).matches()) {
            int first = (text.charAt(0) - '0') * 100;
            return Optional.of(IntStream.range(first, first + 100).boxed().toList());
        }
        return Optional.empty();
    }

    static Optional<String> pattern(Yaml value, Problems problems) {
        return Values.scalar(value, "a regular expression", problems)
                .filter(scalar -> good(scalar, ExtractionKind.REGEX, problems))
                .map(Yaml.Scalar::text);
    }

    /// Says whether the expression of `scalar` can be used; reports why not.
    static boolean good(Yaml.Scalar scalar, ExtractionKind kind, Problems problems) {
        return good(new Extraction("x", kind, scalar.text(), Optional.empty()), scalar.place(), problems);
    }

    private static boolean good(Extraction extraction, Place place, Problems problems) {
        try {
            var _ = Inspection.of(Check.NONE, List.of(extraction), List.of());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(new DocumentProblem(Code.MALFORMED, String.valueOf(e.getMessage()), place));
            return false;
        }
    }

    private static Optional<List<JsonCheck>> json(Yaml value, Problems problems) {
        if (value instanceof Yaml.Scalar scalar && !scalar.absent()) {
            return good(scalar, ExtractionKind.JSON_PATH, problems)
                    ? Optional.of(List.of(new JsonCheck(scalar.text(), Optional.empty())))
                    : Optional.empty();
        }
        if (!(value instanceof Yaml.Mapping mapping)) {
            return problems.refuse(new DocumentProblem(
                    Code.WRONG_KIND,
                    "`json` is a mapping of JSONPaths to values, not " + value.kind() + "; write `{$.state: done}`",
                    value.place()));
        }
        var checks = new ArrayList<JsonCheck>();
        for (var entry : mapping.entries()) {
            var path = new Extraction("x", ExtractionKind.JSON_PATH, entry.key(), Optional.empty());
            boolean good = good(path, entry.keyPlace(), problems);
            if (entry.value() instanceof Yaml.Scalar scalar) {
                if (good) {
                    checks.add(new JsonCheck(entry.key(), Optional.of(scalar.absent() ? "null" : scalar.text())));
                }
            } else {
                problems.add(new DocumentProblem(
                        Code.WRONG_KIND, "here stands " + entry.value().kind() + "; write a value", value.place()));
            }
        }
        return Optional.of(checks);
    }

    private static Optional<Size> size(Yaml value, Problems problems) {
        return Values.scalar(value, "`10B..1MB`", problems).flatMap(scalar -> {
            var text = scalar.text().strip();
            int dots = text.indexOf("..");
            if (dots < 0) {
                return bytes(text, scalar, problems).map(exactly -> new Size(exactly, exactly));
            }
            var least = dots == 0 ? Optional.of(0L) : bytes(text.substring(0, dots), scalar, problems);
            var end = text.substring(dots + 2);
            var most = end.isEmpty() ? Optional.of(-1L) : bytes(end, scalar, problems);
            return least.flatMap(from -> most.flatMap(to -> to < 0 || from <= to
                    ? Optional.of(new Size(from, to))
                    : problems.refuse(new DocumentProblem(
                            Code.OUT_OF_RANGE, scalar.kind() + " begins after its end", scalar.place()))));
        });
    }

    private static Optional<Long> bytes(String text, Yaml.Scalar scalar, Problems problems) {
        Function<Quantity, Optional<Long>> meaning = Quantity::bytes;
        return Values.quantity(text, scalar.place(), problems, meaning, "size", "10KB");
    }
}
