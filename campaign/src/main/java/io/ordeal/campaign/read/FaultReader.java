package io.ordeal.campaign.read;

import io.ordeal.campaign.document.FaultEntry;
import io.ordeal.campaign.document.Moment;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
import io.ordeal.schemas.fault.FaultParameter.Form;
import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads one fault: `{id: F1, latency: 500ms, jitter: 100ms, on: api, at: steady + 10s, for: 5s}`, or with `kind:`
/// and
/// its parameters by name, or with `use:` and the id of a ready one ([FaultUses]).
final class FaultReader {
    private static final List<String> KINDS =
            Arrays.stream(FaultKind.values()).map(FaultKind::published).toList();
    private static final List<String> PARAMETERS = Arrays.stream(FaultKind.values())
            .flatMap(kind -> kind.parameters().stream())
            .map(FaultParameter::name)
            .distinct()
            .toList();
    private static final List<String> DIRECTIONS = List.of("upstream", "downstream", "both");
    private static final List<String> FACETS =
            Arrays.stream(Facet.values()).map(Facet::published).toList();
    static final Duration SHORTEST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofDays(1);

    private final Names names;
    private final Problems problems;

    FaultReader(Names names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    Optional<FaultEntry> read(Yaml value) {
        if (value instanceof Yaml.Mapping use && use.entry("use").isPresent()) {
            return Optional.empty(); // it could not be spelled out, and that has been reported
        }
        boolean byName =
                value instanceof Yaml.Mapping mapping && mapping.entry("kind").isPresent();
        var keys = byName ? Keys.FAULT.with(PARAMETERS) : Keys.FAULT;
        return Fields.open(value, keys, what(value), problems).flatMap(this::read);
    }

    private static String what(Yaml value) {
        return value instanceof Yaml.Mapping mapping
                ? mapping.entry("id")
                        .filter(entry -> entry.value() instanceof Yaml.Scalar)
                        .map(entry -> "fault " + entry.value().kind())
                        .orElse("a fault")
                : "a fault";
    }

    private Optional<FaultEntry> read(Fields fields) {
        var id = fields.required("id", Values::name);
        var at = fields.required("at", this::moment);
        var duration = fields.required("for", Values.duration(SHORTEST, LONGEST));
        var fraction = fields.optional("fraction", Values::fraction);
        var ramp = fields.optional("ramp", Values::duration);
        var kind = kind(fields);
        var target = kind.flatMap(known -> target(fields, known));
        var parameters = kind.map(known -> parameters(fields, known, problems)).orElseGet(TreeMap::new);
        if (id.isEmpty() || at.isEmpty() || duration.isEmpty() || kind.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FaultEntry(
                id.get(),
                kind.get(),
                target.get(),
                parameters,
                at.get(),
                duration.get(),
                fraction.orElse(1.0),
                ramp.orElse(Duration.ZERO)));
    }

    static Optional<FaultKind> kind(Fields fields) {
        if (fields.has("kind")) {
            return fields.optional(
                    "kind",
                    (value, found) -> Values.scalar(value, "a kind of fault", found)
                            .flatMap(scalar -> FaultKind.named(scalar.text())
                                    .or(() -> found.refuse(new DocumentProblem(
                                                    Code.UNKNOWN_NAME,
                                                    "`" + scalar.text() + "` is no kind of fault",
                                                    scalar.place())
                                            .labelled(Words.nearest(scalar.text(), KINDS)
                                                    .map(word -> "did you mean `" + word + "`?")
                                                    .orElse(""))
                                            .noting("kinds: " + String.join(", ", KINDS))))));
        }
        return fields.oneOf(KINDS, "the kind of fault (" + String.join(", ", KINDS) + ")")
                .flatMap(entry -> FaultKind.named(entry.key()));
    }

    /// The target stands under `on`, or behind the kind where that has no main parameter.
    private Optional<String> target(Fields fields, FaultKind kind) {
        var behind = fields.entry(kind.published())
                .filter(_ -> kind.main().isEmpty() && !fields.has("kind"))
                .filter(entry -> !(entry.value() instanceof Yaml.Scalar scalar && scalar.absent()));
        if (behind.isPresent() && fields.has("on")) {
            fields.oneOf(List.of(kind.published(), "on"), "the target");
            return Optional.empty();
        }
        return behind.isPresent() ? Values.name(behind.get().value(), problems) : fields.required("on", Values::name);
    }

    static SortedMap<String, String> parameters(Fields fields, FaultKind kind, Problems problems) {
        boolean byName = fields.has("kind");
        var parameters = new TreeMap<String, String>();
        for (var parameter : kind.parameters()) {
            boolean main = kind.main().equals(Optional.of(parameter));
            var key = main && !byName ? kind.published() : parameter.name();
            Fields.ValueReader<String> reader = (value, found) -> parameter(value, parameter, found);
            (main ? fields.required(key, reader) : fields.optional(key, reader))
                    .ifPresent(text -> parameters.put(parameter.name(), text));
        }
        refuseForeign(fields, kind, byName, problems);
        return parameters;
    }

    /// Reports keys that belong to faults of other kinds.
    private static void refuseForeign(Fields fields, FaultKind kind, boolean byName, Problems problems) {
        var own = kind.parameters().stream().map(FaultParameter::name).toList();
        var foreign = Stream.concat(KINDS.stream(), PARAMETERS.stream())
                .distinct()
                .filter(key -> !own.contains(key) && !key.equals(kind.published()))
                .filter(key -> byName || !KINDS.contains(key));
        Stream.of(
                        foreign,
                        Stream.of("fraction").filter(_ -> !kind.partial()),
                        Stream.of("ramp").filter(_ -> !kind.ramps()))
                .flatMap(keys -> keys)
                .flatMap(key -> fields.entry(key).stream())
                .forEach(entry -> problems.add(new DocumentProblem(
                                Code.UNKNOWN_KEY,
                                "`" + entry.key() + "` does not belong to a fault of kind " + kind.published(),
                                entry.keyPlace())
                        .noting("parameters of " + kind.published() + ": " + Words.list(own))));
    }

    private static Optional<String> parameter(Yaml value, FaultParameter parameter, Problems problems) {
        var form = parameter.form();
        return switch (form) {
            case COUNT -> Values.whole(0, 1_000_000).read(value, problems).map(String::valueOf);
            case DIRECTION -> oneOf(value, DIRECTIONS, problems);
            case FACET -> oneOf(value, FACETS, problems);
            case NAME -> Values.name(value, problems);
            case TIME, RATE, BYTES, PART ->
                Values.scalar(value, "for instance `" + form.example() + "`", problems)
                        .filter(scalar -> Values.quantity(
                                        scalar.text(),
                                        scalar.place(),
                                        problems,
                                        quantity -> form.read(quantity)
                                                .filter(number -> form != Form.PART || (number > 0 && number <= 1)),
                                        parameter.name(),
                                        form.example())
                                .isPresent())
                        .map(Yaml.Scalar::text);
        };
    }

    private static Optional<String> oneOf(Yaml value, List<String> words, Problems problems) {
        return Values.scalar(value, "one of " + String.join(", ", words), problems)
                .map(Yaml.Scalar::text)
                .filter(text -> words.contains(text)
                        || problems.refuse(new DocumentProblem(
                                        Code.MALFORMED,
                                        value.kind() + " is none of " + String.join(", ", words),
                                        value.place()))
                                .isPresent());
    }

    private Optional<Moment> moment(Yaml value, Problems found) {
        return Values.scalar(value, "`steady + 10s` or `12s`", found).flatMap(scalar -> {
            var text = scalar.text().strip();
            int plus = text.indexOf('+');
            var head = plus < 0 ? text : text.substring(0, plus).strip();
            if (plus < 0 && Quantity.parse(head).isPresent()) {
                return Values.duration(scalar, found).map(offset -> new Moment(Optional.empty(), offset));
            }
            var offset = plus < 0
                    ? Optional.of(Duration.ZERO)
                    : Values.duration(text.substring(plus + 1).strip(), scalar.place(), found);
            return known(head, scalar, found)
                    ? offset.map(after -> new Moment(Optional.of(head), after))
                    : Optional.empty();
        });
    }

    private boolean known(String phase, Yaml.Scalar scalar, Problems found) {
        if (names.phases().isEmpty() || names.phases().contains(phase)) {
            return true;
        }
        found.add(Mentions.unknown("phase", phase, names.phases(), scalar));
        return false;
    }
}
