package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.campaign.document.Until;
import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Scope;
import java.util.Optional;
import java.util.function.Function;

/// Reads objectives and guards, and sees to it that what they name exists.
final class ObjectiveReader {
    private final Names names;
    private final Problems problems;

    ObjectiveReader(Names names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    /// Reads `p95 < 500ms outside faults`, or `{name: fast, expect: p95 < 500ms}`.
    Optional<ObjectiveEntry> objective(Yaml value) {
        if (value instanceof Yaml.Scalar scalar && !scalar.absent()) {
            return objective(scalar, problems)
                    .map(objective -> new ObjectiveEntry(scalar.text().strip().replaceAll("\\s+", " "), objective));
        }
        return Fields.open(value, Keys.OBJECTIVE, "an objective", problems).flatMap(fields -> {
            var name = fields.required("name", Values::text);
            var objective = fields.required(
                    "expect",
                    (expression, found) -> Values.scalar(expression, "for instance `p95 < 500ms`", found)
                            .flatMap(scalar -> objective(scalar, found)));
            return name.flatMap(text ->
                    objective.map(parsed -> new ObjectiveEntry(text.strip().replaceAll("\\s+", " "), parsed)));
        });
    }

    private Optional<Objective> objective(Yaml.Scalar scalar, Problems found) {
        var objective = parse(scalar.text(), scalar, found);
        objective.ifPresent(parsed -> {
            mentioned(parsed, scalar);
            judged(parsed, scalar);
        });
        return objective;
    }

    private static Optional<Objective> parse(String text, Yaml.Scalar scalar, Problems found) {
        return parse(text, ObjectiveParser::parse, scalar, found);
    }

    private static Optional<Objective> parse(
            String text, Function<String, Objective> parser, Yaml.Scalar scalar, Problems found) {
        try {
            return Optional.of(parser.apply(text));
        } catch (MalformedObjective e) {
            return found.refuse(new DocumentProblem(Code.MALFORMED, String.valueOf(e.getMessage()), scalar.place()));
        }
    }

    private void mentioned(Objective objective, Yaml.Scalar scalar) {
        objective.of().ifPresent(name -> {
            if (!names.requests().isEmpty() && !names.requests().contains(name)) {
                var addressable = names.requests().stream()
                        .filter(request -> !request.contains(" "))
                        .toList();
                problems.add(Mentions.unknown("scenario or request", name, addressable, scalar)
                        .noting("scenarios and named requests: " + Words.list(addressable)));
            }
        });
        objective.scope().phase().ifPresent(name -> {
            if (!names.phases().isEmpty() && !names.phases().contains(name)) {
                problems.add(Mentions.unknown("phase", name, names.phases(), scalar));
            }
        });
        fault(objective.scope()).ifPresent(name -> {
            if (!names.faults().isEmpty() && !names.faults().contains(name)) {
                problems.add(Mentions.unknown("fault", name, names.faults(), scalar));
            }
        });
    }

    private static Optional<String> fault(Scope scope) {
        return switch (scope.interval()) {
            case Scope.DuringFaults(var fault) -> fault;
            case Scope.AfterFaults(var fault) -> fault;
            case Scope.Whole _, Scope.OutsideFaults _ -> Optional.empty();
        };
    }

    private void judged(Objective objective, Yaml.Scalar scalar) {
        boolean needsFaults = objective.measure() instanceof Measure.Recovery
                || objective.scope().interval() instanceof Scope.DuringFaults
                || objective.scope().interval() instanceof Scope.AfterFaults;
        if (needsFaults && names.faults().isEmpty()) {
            problems.add(new DocumentProblem(
                            Code.NEVER_JUDGED,
                            "`" + scalar.text() + "` needs a fault, and the campaign has none",
                            scalar.place())
                    .noting("help: it would always be INCONCLUSIVE; add a fault or take the objective out"));
        }
        objective
                .scope()
                .phase()
                .filter(names.unjudged()::contains)
                .ifPresent(phase -> problems.add(new DocumentProblem(
                                Code.NEVER_JUDGED,
                                "phase `" + phase + "` is not judged, so this objective never is",
                                Mentions.within(scalar, phase))
                        .noting("help: take `judged: false` out of the phase, or name another")));
    }

    /// Reads `errors < 50% for 10s`.
    Optional<Guard> guard(Yaml value) {
        return Values.scalar(value, "for instance `errors < 50% for 10s`", problems)
                .flatMap(scalar -> {
                    int at = scalar.text().lastIndexOf(" for ");
                    if (at < 0) {
                        return problems.refuse(Values.malformed(
                                scalar, "does not say for how long; write for instance `errors < 50% for 10s`"));
                    }
                    var objective = parse(scalar.text().substring(0, at).strip(), scalar, problems);
                    var patience = Values.duration(
                                    scalar.text().substring(at + 5).strip(), scalar.place(), problems)
                            .filter(time -> time.isPositive());
                    objective.ifPresent(parsed -> mentioned(parsed, scalar));
                    return objective
                            .filter(parsed -> whole(parsed, scalar, "a guard"))
                            .flatMap(parsed -> patience.map(
                                    time -> new Guard(scalar.text().strip().replaceAll("\\s+", " "), parsed, time)));
                });
    }

    /// Reads `p95 > 500ms`, the condition at which steps end.
    Optional<Until> until(Yaml value) {
        return Values.scalar(value, "for instance `p95 > 500ms`", problems)
                .flatMap(scalar -> parse(scalar.text(), ObjectiveParser::breach, scalar, problems)
                        .filter(parsed -> whole(parsed, scalar, "`until`"))
                        .map(parsed -> new Until(scalar.text().strip().replaceAll("\\s+", " "), parsed)));
    }

    private boolean whole(Objective objective, Yaml.Scalar scalar, String who) {
        boolean plain = objective.scope().interval() instanceof Scope.Whole
                && objective.scope().phase().isEmpty()
                && objective.of().isEmpty()
                && !(objective.measure() instanceof Measure.Recovery)
                && !(objective.measure() instanceof Measure.Availability);
        if (!plain) {
            problems.add(new DocumentProblem(
                    Code.MALFORMED,
                    who + " looks at all requests of each window: a latency, errors or throughput, and no scope",
                    scalar.place()));
        }
        return plain;
    }
}
