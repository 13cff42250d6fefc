package io.ordeal.campaign.read;

import io.ordeal.campaign.openslo.Slo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads documents of OpenSLO v1: SLOs with the SLIs that they refer to. What Ordeal cannot judge is refused, all of
/// it at once. Pure.
public final class OpenSloReader {
    private static final String VERSION = "openslo/v1";
    private static final Set<String> KINDS = Set.of("SLO", "SLI", "Service");
    private static final Set<String> OTHER_KINDS =
            Set.of("DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget");

    private final Problems problems;
    private final Map<String, Yaml> indicators = new LinkedHashMap<>();
    private final List<Fields> slos = new ArrayList<>();

    private OpenSloReader(Problems problems) {
        this.problems = problems;
    }

    /// One objective of an SLO.
    ///
    /// @param expression in Ordeal's language
    /// @param slo what OpenSLO itself says of it
    public record Imported(String expression, Slo slo) {
        /// The name of the objective.
        public String name() {
            return slo.name();
        }
    }

    /// What came of reading.
    public sealed interface Result {
        /// Every objective of every SLO, in order.
        record Good(List<Imported> objectives) implements Result {
            public Good {
                objectives = List.copyOf(objectives);
            }
        }

        /// Every problem.
        record Bad(List<DocumentProblem> problems) implements Result {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Reads files together: an SLO may refer to an SLI of another.
    ///
    /// @param files their names with their texts
    public static Result read(Map<String, String> files) {
        var problems = new Problems();
        var sources = new ArrayList<Source>();
        files.forEach((label, text) -> sources.add(Source.of(label, text)));
        var objectives = read(sources, problems);
        return problems.none() ? new Result.Good(objectives) : new Result.Bad(problems.sorted());
    }

    /// Reads sources; adds to `problems` what is wrong with them.
    static List<Imported> read(List<Source> sources, Problems problems) {
        var reader = new OpenSloReader(problems);
        sources.forEach(source -> YamlTree.readAll(source, problems).forEach(reader::document));
        var slos = new SloReader(reader.indicators, problems);
        return reader.slos.stream().flatMap(slo -> slos.read(slo).stream()).toList();
    }

    private void document(Yaml root) {
        if (root instanceof Yaml.Scalar scalar && scalar.absent()) {
            return; // nothing between two marks
        }
        Fields.open(root, Keys.OPENSLO, Keys.OPENSLO.what(), problems).ifPresent(fields -> {
            fields.required("apiVersion", OpenSloReader::version);
            var kind = fields.required("kind", OpenSloReader::kind).orElse("");
            var name = fields.required("metadata", OpenSloReader::name);
            switch (kind) {
                case "SLO" -> slos.add(fields);
                case "SLI" ->
                    fields.required("spec", (value, _) -> Optional.of(value))
                            .ifPresent(spec -> name.ifPresent(text -> indicators.put(text, spec)));
                default -> {
                    // a service has nothing to judge
                }
            }
        });
    }

    private static Optional<String> version(Yaml value, Problems problems) {
        return Values.scalar(value, "`" + VERSION + "`", problems)
                .filter(scalar -> scalar.text().equals(VERSION)
                        || problems.refuse(Values.malformed(scalar, "is not read; only `" + VERSION + "` is"))
                                .isPresent())
                .map(Yaml.Scalar::text);
    }

    private static Optional<String> kind(Yaml value, Problems problems) {
        return Values.scalar(value, "`SLO`", problems).flatMap(scalar -> {
            if (KINDS.contains(scalar.text())) {
                return Optional.of(scalar.text());
            }
            boolean known = OTHER_KINDS.contains(scalar.text());
            return problems.refuse(new DocumentProblem(
                            known ? Code.UNSUPPORTED : Code.MALFORMED,
                            known
                                    ? "a `" + scalar.text() + "` is nothing that Ordeal can use"
                                    : "there is no kind `" + scalar.text() + "`",
                            scalar.place())
                    .labelled(Words.nearest(scalar.text(), KINDS)
                            .filter(_ -> !known)
                            .map(word -> "did you mean `" + word + "`?")
                            .orElse(""))
                    .noting("help: leave the document out; SLO, SLI and Service are read"));
        });
    }

    /// Reads `metadata` for its name.
    static Optional<String> name(Yaml value, Problems problems) {
        return Fields.open(value, Keys.OPENSLO_METADATA, "metadata", problems)
                .flatMap(fields -> fields.required("name", Values::text));
    }
}
