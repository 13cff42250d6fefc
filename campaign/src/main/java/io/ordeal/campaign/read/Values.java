package io.ordeal.campaign.read;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Readers of single values. Each says what was read and what to write instead.
final class Values {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");
    private static final Pattern WHOLE = Pattern.compile("[0-9][0-9_]{0,15}");
    private static final Pattern BARE = Pattern.compile("[0-9._]+");
    private static final Duration LONGEST = Duration.ofDays(7);

    private Values() {}

    static Optional<Yaml.Scalar> scalar(Yaml value, String wanted, Problems problems) {
        return switch (value) {
            case Yaml.Scalar scalar when !scalar.absent() -> Optional.of(scalar);
            case Yaml.Scalar _, Yaml.Sequence _, Yaml.Mapping _ ->
                problems.refuse(new DocumentProblem(
                        Code.WRONG_KIND, "here stands " + value.kind() + "; write " + wanted, value.place()));
        };
    }

    /// Any text, of one line or several.
    static Optional<String> text(Yaml value, Problems problems) {
        return scalar(value, "a text", problems).map(Yaml.Scalar::text);
    }

    /// A word by which other parts of the document, and results, name a thing.
    static Optional<String> name(Yaml value, Problems problems) {
        return scalar(value, "a name", problems)
                .flatMap(scalar -> NAME.matcher(scalar.text()).matches()
                        ? Optional.of(scalar.text())
                        : problems.refuse(malformed(
                                scalar, "is no name; use letters, digits and `. _ -`, at most 64, no spaces")));
    }

    static Optional<Boolean> bool(Yaml value, Problems problems) {
        return scalar(value, "true or false", problems).flatMap(scalar -> switch (scalar.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> problems.refuse(malformed(scalar, "is neither true nor false"));
        });
    }

    /// A time above zero.
    static Optional<Duration> duration(Yaml value, Problems problems) {
        return scalar(value, "a time, for instance `5s`", problems)
                .flatMap(scalar -> duration(scalar, problems))
                .flatMap(duration -> duration.isPositive() && duration.compareTo(LONGEST) <= 0
                        ? Optional.of(duration)
                        : problems.refuse(new DocumentProblem(
                                Code.OUT_OF_RANGE, value.kind() + " is not above 0 and at most 168h", value.place())));
    }

    /// A time within limits.
    static Fields.ValueReader<Duration> duration(Duration least, Duration most) {
        return (value, problems) -> duration(value, problems)
                .flatMap(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0
                        ? Optional.of(duration)
                        : problems.refuse(new DocumentProblem(
                                Code.OUT_OF_RANGE,
                                value.kind() + " is not between " + Figures.span(least) + " and " + Figures.span(most),
                                value.place())));
    }

    static Optional<Duration> duration(Yaml.Scalar scalar, Problems problems) {
        return duration(scalar.text(), scalar.place(), problems);
    }

    /// A time, zero included, that is part of the value at `place`.
    static Optional<Duration> duration(String text, Place place, Problems problems) {
        return quantity(text, place, problems, Quantity::duration, "time", "5s");
    }

    static Optional<Double> rate(String text, Place place, Problems problems) {
        return quantity(text, place, problems, Quantity::perSecond, "rate", "500/s");
    }

    /// A part of the whole, above 0 and up to 1.
    static Optional<Double> fraction(Yaml value, Problems problems) {
        return scalar(value, "a part, for instance `50%`", problems)
                .flatMap(scalar ->
                        quantity(scalar.text(), scalar.place(), problems, Quantity::ratio, "part of the whole", "50%"))
                .flatMap(part -> part > 0 && part <= 1
                        ? Optional.of(part)
                        : problems.refuse(new DocumentProblem(
                                Code.OUT_OF_RANGE, value.kind() + " is not above 0 and up to 100 %", value.place())));
    }

    static <T> Optional<T> quantity(
            String text,
            Place place,
            Problems problems,
            Function<Quantity, Optional<T>> meaning,
            String what,
            String example) {
        var read = Quantity.parse(text).flatMap(meaning);
        if (read.isEmpty()) {
            var bare = BARE.matcher(text).matches();
            problems.add(new DocumentProblem(
                    Code.MALFORMED,
                    bare
                            ? "`" + text + "` has no unit; write `" + text + example.replaceFirst("^[0-9]+", "") + "`"
                            : "`" + text + "` is no " + what + "; write for instance `" + example + "`",
                    place));
        }
        return read;
    }

    /// A whole number within limits.
    static Fields.ValueReader<Long> whole(long least, long most) {
        return (value, problems) -> scalar(value, "a whole number", problems)
                .flatMap(scalar -> whole(scalar.text(), scalar.place(), problems, least, most));
    }

    static Optional<Long> whole(String text, Place place, Problems problems, long least, long most) {
        if (!WHOLE.matcher(text).matches()) {
            return problems.refuse(new DocumentProblem(
                    Code.MALFORMED, "`" + text + "` is no whole number; write for instance `50`", place));
        }
        long number = Long.parseLong(text.replace("_", ""));
        return number >= least && number <= most
                ? Optional.of(number)
                : problems.refuse(new DocumentProblem(
                        Code.OUT_OF_RANGE, "`" + text + "` is not between " + least + " and " + most, place));
    }

    /// A plain number above zero.
    static Optional<Double> positive(Yaml value, Problems problems) {
        return scalar(value, "a number", problems)
                .flatMap(scalar -> Quantity.parse(scalar.text())
                        .filter(quantity -> quantity.unit().isEmpty() && quantity.number() > 0)
                        .map(Quantity::number)
                        .or(() -> problems.refuse(malformed(scalar, "is no number above 0"))));
    }

    /// The items of a list.
    static Optional<List<Yaml>> list(Yaml value, String what, Problems problems) {
        return switch (value) {
            case Yaml.Sequence sequence ->
                sequence.items().isEmpty()
                        ? problems.refuse(
                                new DocumentProblem(Code.WRONG_KIND, what + " is an empty list", sequence.place()))
                        : Optional.of(sequence.items());
            case Yaml.Scalar _, Yaml.Mapping _ ->
                problems.refuse(
                        new DocumentProblem(Code.WRONG_KIND, what + " is a list, not " + value.kind(), value.place()));
        };
    }

    static DocumentProblem malformed(Yaml.Scalar scalar, String why) {
        return new DocumentProblem(Code.MALFORMED, "`" + scalar.text() + "` " + why, scalar.place());
    }
}
