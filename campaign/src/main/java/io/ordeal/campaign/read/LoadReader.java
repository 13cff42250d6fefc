package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.screen.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a phase says of its load: `users: 50`, `rate: 0/s -> 500/s`, `arrivals: 1000`, with `iterations`, or
/// with `step` and `every`. Settings of one model beside another's are problems that name both.
final class LoadReader {
    private static final int MOST_USERS = 1_000_000;
    private static final long MOST_COUNT = 1_000_000_000L;
    private static final double FASTEST = 10_000_000;
    private static final int MOST_STEPS = 10_000;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern AT_ONCE = Pattern.compile("(.*\\S)\\s+at\\s+once");
    private static final Pattern ITERATIONS = Pattern.compile("(\\S+)\\s+(each|shared)");

    private final Fields fields;
    private final Problems problems;
    private final Belonging belonging;

    /// @param fields of the phase
    LoadReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
        this.belonging = new Belonging(fields, problems);
    }

    /// Reads the load; whatever stands beside it that belongs to another model is reported.
    ///
    /// @param duration of the phase, if that could be read
    Optional<Load> read(Optional<Duration> duration) {
        return fields.oneOf(List.of("users", "rate", "arrivals"), "`users`, `rate` or `arrivals`")
                .flatMap(entry -> {
                    belonging.check(entry);
                    var what = switch (entry.key()) {
                        case "users" -> "`50`, `50 at once` or `0 -> 50`";
                        case "rate" -> "`500/s` or `0/s -> 500/s`";
                        default -> "`1000` or `100 at once`";
                    };
                    return Values.scalar(entry.value(), what, problems).flatMap(scalar -> switch (entry.key()) {
                        case "users" -> users(scalar, duration);
                        case "rate" -> rate(scalar, duration);
                        default -> arrivals(scalar);
                    });
                });
    }

    private Optional<Load> users(Yaml.Scalar scalar, Optional<Duration> duration) {
        var once = AT_ONCE.matcher(scalar.text().strip());
        boolean atOnce = once.matches();
        var parts = ends(scalar, atOnce ? once.group(1) : scalar.text(), "0 -> 50");
        boolean way = parts.size() == 2;
        if (way && atOnce) {
            return problems.refuse(Values.malformed(scalar, "is a way and at once; write `0 -> 50` or `50 at once`"));
        }
        var numbers = parts.stream()
                .flatMap(part -> Values.whole(part, scalar.place(), problems, way ? 0 : 1, MOST_USERS).stream())
                .map(Math::toIntExact)
                .toList();
        if (parts.isEmpty() || numbers.size() < parts.size()) {
            return Optional.empty();
        }
        if (!way) {
            belonging.notSteps();
            return fields.has("iterations")
                    ? iterations(numbers.getFirst(), atOnce)
                    : Optional.of(new Load.Users(numbers.getFirst(), atOnce));
        }
        belonging.notIterations();
        int from = numbers.getFirst();
        int to = numbers.getLast();
        if (from == 0 && to == 0) {
            return problems.refuse(nothing(scalar));
        }
        if (!stepped()) {
            belonging.notUntil();
            return Optional.of(new Load.RampingUsers(from, to));
        }
        var step = fields.required("step", Values.whole(1, MOST_USERS));
        var every = every();
        return step.flatMap(size -> every.filter(time -> climbs(scalar, from, to, size, time, duration))
                .map(time -> new Load.SteppedUsers(
                        from, to, from < to ? Math.toIntExact(size) : -Math.toIntExact(size), time)));
    }

    private Optional<Load> iterations(int users, boolean atOnce) {
        return fields.optional(
                "iterations",
                (value, found) -> Values.scalar(value, "`100 each` or `1000 shared`", found)
                        .flatMap(scalar -> {
                            var matcher = ITERATIONS.matcher(scalar.text().strip());
                            if (!matcher.matches()) {
                                return found.refuse(Values.malformed(
                                        scalar, "does not say whose; write `100 each` or `1000 shared`"));
                            }
                            return Values.whole(matcher.group(1), scalar.place(), found, 1, MOST_COUNT)
                                    .map(count -> new Load.Iterations(
                                            users, count, matcher.group(2).equals("each"), atOnce));
                        }));
    }

    private Optional<Load> rate(Yaml.Scalar scalar, Optional<Duration> duration) {
        var parts = ends(scalar, scalar.text(), "0/s -> 500/s");
        var numbers = parts.stream()
                .flatMap(part -> Values.rate(part, scalar.place(), problems).stream())
                .toList();
        if (parts.isEmpty() || numbers.size() < parts.size()) {
            return Optional.empty();
        }
        double from = numbers.getFirst();
        double to = numbers.getLast();
        if (from == 0 && to == 0) {
            return problems.refuse(nothing(scalar));
        }
        if (Math.max(from, to) > FASTEST) {
            return problems.refuse(new DocumentProblem(
                    Code.OUT_OF_RANGE, scalar.kind() + " is more than 10,000,000/s", scalar.place()));
        }
        if (parts.size() == 1) {
            belonging.notSteps();
            return Optional.of(new Load.Rate(from));
        }
        if (!stepped()) {
            belonging.notUntil();
            return Optional.of(new Load.RampingRate(from, to));
        }
        var step = fields.required("step", LoadReader::rateStep);
        var every = every();
        return step.flatMap(size -> every.filter(time -> climbs(scalar, from, to, size, time, duration))
                .map(time -> new Load.SteppedRate(from, to, from < to ? size : -size, time)));
    }

    private Optional<Load> arrivals(Yaml.Scalar scalar) {
        belonging.notUntil();
        var once = AT_ONCE.matcher(scalar.text().strip());
        boolean atOnce = once.matches();
        if (atOnce) {
            belonging.notAtRandom();
        }
        return Values.whole(atOnce ? once.group(1) : scalar.text().strip(), scalar.place(), problems, 1, MOST_COUNT)
                .map(count -> new Load.Arrivals(count, atOnce));
    }

    private boolean stepped() {
        return fields.has("step") || fields.has("every");
    }

    private Optional<Duration> every() {
        return fields.required("every", Values.duration(SHORTEST_STEP, LONGEST));
    }

    private static Optional<Double> rateStep(Yaml value, Problems problems) {
        return Values.scalar(value, "for instance `100/s`", problems)
                .flatMap(scalar -> Values.rate(scalar.text(), scalar.place(), problems)
                        .filter(step ->
                                step > 0 || problems.refuse(nothing(scalar)).isPresent()));
    }

    /// Whether steps lead from one number to the other, within the phase and not by too many.
    private boolean climbs(
            Yaml.Scalar scalar, double from, double to, double step, Duration every, Optional<Duration> duration) {
        if (from == to) {
            problems.add(Values.malformed(scalar, "has no way to take steps on"));
            return false;
        }
        double steps = Math.ceil(Math.abs(to - from) / step - 1e-9);
        if (steps > MOST_STEPS) {
            problems.add(new DocumentProblem(
                    Code.OUT_OF_RANGE, scalar.kind() + " takes more than 10,000 steps", scalar.place()));
            return false;
        }
        var reached = every.multipliedBy((long) steps);
        if (duration.isPresent() && reached.compareTo(duration.get()) >= 0) {
            problems.add(new DocumentProblem(
                            Code.OUT_OF_RANGE,
                            "the last step comes after " + Figures.span(reached) + ", and the phase lasts "
                                    + Figures.span(duration.get()),
                            scalar.place())
                    .noting("help: let the phase last longer, or take larger or shorter steps"));
            return false;
        }
        return true;
    }

    /// Returns the one or two ends of a load; none when there are more.
    private List<String> ends(Yaml.Scalar scalar, String text, String example) {
        var parts = text.split("->", -1);
        if (parts.length > 2) {
            problems.add(Values.malformed(scalar, "has more than two ends; write `" + example + "`"));
            return List.of();
        }
        return List.of(parts).stream().map(String::strip).toList();
    }

    private static DocumentProblem nothing(Yaml.Scalar scalar) {
        return new DocumentProblem(Code.OUT_OF_RANGE, scalar.kind() + " is no load at all", scalar.place());
    }
}
