package io.ordeal.campaign.read;

import io.ordeal.generator.user.Placeholder;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what is taken from answers: `{token: {json: $.token}, id: {regex: 'id=(\\d+)'}, next: {header: location}}`.
final class ExtractionReader {
    private static final Map<String, ExtractionKind> KINDS =
            Map.of("json", ExtractionKind.JSON_PATH, "regex", ExtractionKind.REGEX, "header", ExtractionKind.HEADER);
    private static final List<String> SOURCES = List.of("json", "regex", "header");

    private ExtractionReader() {}

    /// Reads variables, which templates name.
    static Optional<List<Extraction>> variables(Yaml value, Problems problems) {
        var read = read(value, "extract", problems);
        if (value instanceof Yaml.Mapping mapping) {
            mapping.entries().stream()
                    .filter(entry -> !Placeholder.isName(entry.key()))
                    .forEach(entry -> problems.add(new DocumentProblem(
                            Code.MALFORMED,
                            "`" + entry.key()
                                    + "` is no name of a variable; use letters, digits and `_ . -`, and none of "
                                    + "the words that stand for something already",
                            entry.keyPlace())));
        }
        return read;
    }

    /// Reads measures, which objectives name.
    static Optional<List<Extraction>> measures(Yaml value, Problems problems) {
        if (value instanceof Yaml.Mapping mapping) {
            mapping.entries()
                    .forEach(entry -> Values.name(new Yaml.Scalar(entry.key(), true, entry.keyPlace()), problems));
        }
        return read(value, "measure", problems);
    }

    private static Optional<List<Extraction>> read(Yaml value, String key, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return problems.refuse(new DocumentProblem(
                    Code.WRONG_KIND,
                    "`" + key + "` is a mapping of names, not " + value.kind() + "; write `{token: {json: $.token}}`",
                    value.place()));
        }
        var extractions = new ArrayList<Extraction>();
        mapping.entries().forEach(entry -> one(entry, problems).ifPresent(extractions::add));
        return Optional.of(extractions);
    }

    private static Optional<Extraction> one(Yaml.Entry entry, Problems problems) {
        if (entry.value() instanceof Yaml.Scalar scalar && scalar.text().startsWith("$")) {
            return CheckReader.good(scalar, ExtractionKind.JSON_PATH, problems)
                    ? Optional.of(
                            new Extraction(entry.key(), ExtractionKind.JSON_PATH, scalar.text(), Optional.empty()))
                    : Optional.empty();
        }
        var what = "`" + entry.key() + "`";
        return Fields.open(entry.value(), Keys.EXTRACTION, what, problems).flatMap(fields -> {
            var fallback = fields.optional("or", Values::text);
            return fields.oneOf(SOURCES, "where it is, for instance `json: $.token`,")
                    .flatMap(source -> Values.scalar(source.value(), "where it is", problems)
                            .filter(scalar -> CheckReader.good(scalar, kind(source), problems))
                            .map(scalar -> new Extraction(entry.key(), kind(source), scalar.text(), fallback)));
        });
    }

    private static ExtractionKind kind(Yaml.Entry source) {
        return KINDS.getOrDefault(source.key(), ExtractionKind.JSON_PATH);
    }
}
