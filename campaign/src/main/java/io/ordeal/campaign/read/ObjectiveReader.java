package io.ordeal.campaign.read;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.resources.Readings;
import java.util.Optional;
import java.util.function.Function;

/// Reads objectives, and sees to it that what they name exists.
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
            if (fields.has(OpenSloUses.USE)) {
                return Optional.empty(); // it could not be read, and why is said already
            }
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
        var objective = parse(scalar.text(), ObjectiveParser::parse, scalar, found);
        objective.ifPresent(parsed -> {
            mentioned(parsed, scalar);
            judged(parsed, scalar);
        });
        return objective;
    }

    /// Reads `text`, a part of `scalar`, as an objective or its opposite.
    static Optional<Objective> parse(
            String text, Function<String, Objective> parser, Yaml.Scalar scalar, Problems found) {
        try {
            return Optional.of(parser.apply(text));
        } catch (MalformedObjective e) {
            return found.refuse(new DocumentProblem(Code.MALFORMED, String.valueOf(e.getMessage()), scalar.place()));
        }
    }

    /// Reports what `objective` names and nothing has.
    void mentioned(Objective objective, Yaml.Scalar scalar) {
        objective.of().ifPresent(name -> {
            if (!names.requests().isEmpty() && !names.requests().containsKey(name)) {
                var addressable = names.requests().keySet().stream()
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
        objective.scope().tag().map(tag -> tag.key() + "=" + tag.value()).ifPresent(tag -> {
            if (!names.requests().isEmpty() && !names.tags().contains(tag)) {
                problems.add(Mentions.unknown("tag", tag, names.tags(), scalar));
            }
        });
        measured(objective, scalar);
    }

    private void measured(Objective objective, Yaml.Scalar scalar) {
        boolean readable = !names.requests().isEmpty()
                && objective.of().map(names.requests()::containsKey).orElse(true);
        var known = names.measures(objective.of());
        custom(objective.measure())
                .filter(name -> readable && !known.contains(name))
                .ifPresent(name -> {
                    var problem = Mentions.unknown("measure", name, known, scalar)
                            .noting(objective
                                            .of()
                                            .map(of -> "what `" + of + "` measures: ")
                                            .orElse("measures: ")
                                    + Words.list(known)
                                    + (Readings.STANDARD.contains(name)
                                            ? "; for the reading of that name say on which target: `on any`"
                                            : ""));
                    problems.add(problem);
                });
    }

    private static Optional<String> custom(Measure measure) {
        return switch (measure) {
            case Measure.Custom(var name, var _, var _) -> Optional.of(name);
            case Measure.Slope(var of) -> custom(of);
            default -> Optional.empty();
        };
    }

    private static Optional<String> fault(Scope scope) {
        return switch (scope.interval()) {
            case Scope.DuringFaults(var fault) -> fault;
            case Scope.AfterFaults(var fault) -> fault;
            case Scope.Whole _, Scope.OutsideFaults _ -> Optional.empty();
        };
    }

    private void judged(Objective objective, Yaml.Scalar scalar) {
        var measure = objective.measure();
        boolean ofAPhase = measure instanceof Measure.QueueDrain
                && objective.scope().phase().isPresent();
        boolean needsFaults = (measure.ofFaults() && !ofAPhase)
                || objective.scope().interval() instanceof Scope.DuringFaults
                || objective.scope().interval() instanceof Scope.AfterFaults;
        if (needsFaults && names.faults().isEmpty()) {
            problems.add(new DocumentProblem(
                            Code.NEVER_JUDGED,
                            "`" + scalar.text() + "` needs a fault"
                                    + (measure instanceof Measure.QueueDrain ? " or a phase" : "")
                                    + ", and the campaign has none",
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
}
