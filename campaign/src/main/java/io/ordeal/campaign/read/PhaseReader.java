package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads one phase: `{name: steady, rate: 500/s, for: 30s}`.
final class PhaseReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_USERS = 1_000_000;
    private static final double FASTEST = 10_000_000;

    private PhaseReader() {}

    static Optional<Phase> read(Yaml value, Problems problems) {
        return Fields.open(value, Keys.PHASE, what(value), problems).flatMap(fields -> read(fields, problems));
    }

    private static String what(Yaml value) {
        return value instanceof Yaml.Mapping mapping
                ? mapping.entry("name")
                        .filter(entry -> entry.value() instanceof Yaml.Scalar)
                        .map(entry -> "phase " + entry.value().kind())
                        .orElse("a phase")
                : "a phase";
    }

    private static Optional<Phase> read(Fields fields, Problems problems) {
        var name = fields.required("name", Values::name);
        var load = fields.oneOf(List.of("users", "rate"), "`users` or `rate`").flatMap(entry -> load(entry, problems));
        var duration = fields.oneOf(List.of("for", "over"), "`for` (or `over`, for a ramp)")
                .flatMap(entry -> Values.duration(SHORTEST, LONGEST).read(entry.value(), problems));
        var judged = fields.optional("judged", Values::bool);
        var most = fields.optional("max-in-flight", Values.whole(1, MOST_USERS));
        if (fields.has("max-in-flight") && fields.has("users")) {
            fields.entry("max-in-flight")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR, "`max-in-flight` belongs to phases with a `rate`", entry.keyPlace())
                            .noting("help: with users, no more iterations are under way than there are users")));
        }
        if (name.isEmpty() || load.isEmpty() || duration.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Phase(
                name.get(),
                load.get(),
                duration.get(),
                judged.orElse(true),
                most.map(Math::toIntExact).orElse(Phase.DEFAULT_MAX_IN_FLIGHT)));
    }

    private static Optional<Load> load(Yaml.Entry entry, Problems problems) {
        boolean users = entry.key().equals("users");
        return Values.scalar(entry.value(), users ? "`50` or `0 -> 50`" : "`500/s` or `0/s -> 500/s`", problems)
                .flatMap(scalar -> users ? users(scalar, problems) : rate(scalar, problems));
    }

    private static Optional<Load> users(Yaml.Scalar scalar, Problems problems) {
        var parts = scalar.text().split("->", -1);
        if (parts.length > 2) {
            return problems.refuse(Values.malformed(scalar, "has more than two ends; write `0 -> 50`"));
        }
        boolean ramp = parts.length == 2;
        var from = Values.whole(parts[0].strip(), scalar.place(), problems, ramp ? 0 : 1, MOST_USERS);
        var to = ramp ? Values.whole(parts[1].strip(), scalar.place(), problems, 0, MOST_USERS) : from;
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        int first = Math.toIntExact(from.get());
        int last = Math.toIntExact(to.get());
        if (first == 0 && last == 0) {
            return problems.refuse(nothing(scalar));
        }
        return Optional.of(ramp ? new Load.RampingUsers(first, last) : new Load.Users(first));
    }

    private static Optional<Load> rate(Yaml.Scalar scalar, Problems problems) {
        var parts = scalar.text().split("->", -1);
        if (parts.length > 2) {
            return problems.refuse(Values.malformed(scalar, "has more than two ends; write `0/s -> 500/s`"));
        }
        var from = Values.rate(parts[0].strip(), scalar.place(), problems);
        var to = parts.length == 2 ? Values.rate(parts[1].strip(), scalar.place(), problems) : from;
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        double first = from.get();
        double last = to.get();
        if (first == 0 && last == 0) {
            return problems.refuse(nothing(scalar));
        }
        if (Math.max(first, last) > FASTEST) {
            return problems.refuse(new DocumentProblem(
                    Code.OUT_OF_RANGE, scalar.kind() + " is more than 10,000,000/s", scalar.place()));
        }
        return Optional.of(parts.length == 2 ? new Load.RampingRate(first, last) : new Load.Rate(first));
    }

    private static DocumentProblem nothing(Yaml.Scalar scalar) {
        return new DocumentProblem(Code.OUT_OF_RANGE, scalar.kind() + " is no load at all", scalar.place());
    }
}
