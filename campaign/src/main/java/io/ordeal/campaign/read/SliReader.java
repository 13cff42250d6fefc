package io.ordeal.campaign.read;

import io.ordeal.campaign.openslo.Slo;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the spec of an SLI whose metric source is `ordeal`:
///
///     ratioMetric:     bad: {requests: failed}, total: {requests: ended}
///                      good: {requests: ok}, total: {requests: ended | due}
///     thresholdMetric: {latency: response | service} or {measure: MEASURE, unit: UNIT}
///
/// each with `of`, `tagged` and, for readings, `on`.
final class SliReader {
    private static final String EXAMPLE =
            "help: name what Ordeal measures itself, for instance {type: ordeal, spec: {requests: failed}}";

    private final Problems problems;

    SliReader(Problems problems) {
        this.problems = problems;
    }

    /// Reads an SLI's spec.
    Optional<Slo.Indicator> read(Yaml spec) {
        return Fields.open(spec, Keys.OPENSLO_SLI, Keys.OPENSLO_SLI.what(), problems)
                .flatMap(fields -> {
                    fields.optional("description", Values::text);
                    return fields.oneOf(
                            List.of("thresholdMetric", "ratioMetric"), "`thresholdMetric` or `ratioMetric`");
                })
                .flatMap(metric -> metric.key().equals("ratioMetric")
                        ? ratio(metric.value())
                        : source(metric.value()).flatMap(this::threshold));
    }

    private Optional<Slo.Indicator> ratio(Yaml value) {
        return Fields.open(value, Keys.OPENSLO_RATIO, Keys.OPENSLO_RATIO.what(), problems)
                .flatMap(fields -> {
                    fields.optional("counter", Values::bool);
                    for (var key : List.of("raw", "rawType")) {
                        fields.entry(key)
                                .ifPresent(entry -> problems.add(unsupported(
                                        entry, "help: Ordeal counts requests itself; give `bad` and `total`")));
                    }
                    if (fields.has("raw") || fields.has("rawType")) {
                        return Optional.empty();
                    }
                    var part = fields.oneOf(List.of("good", "bad"), "`good` or `bad`");
                    var counted = part.flatMap(entry ->
                            requests(entry.value(), entry.key().equals("good") ? List.of("ok") : List.of("failed")));
                    var total = fields.required("total", (all, _) -> Optional.of(all))
                            .flatMap(all -> requests(
                                    all,
                                    part.filter(entry -> entry.key().equals("bad"))
                                            .map(_ -> List.of("ended"))
                                            .orElse(List.of("ended", "due"))));
                    return counted.flatMap(one -> total.flatMap(all -> together(one, all, value)));
                });
    }

    private record Requests(String which, Slo.Selection of) {}

    private Optional<Slo.Indicator> together(Requests part, Requests total, Yaml where) {
        return part.of().equals(total.of())
                ? Optional.of(new Slo.Ratio(total.which().equals("due"), part.of()))
                : problems.refuse(new DocumentProblem(
                                Code.EITHER_OR,
                                "both parts of a ratio are of the same requests, and these are not",
                                where.place())
                        .noting("help: give both the same `of` and `tagged`"));
    }

    private Optional<Requests> requests(Yaml metric, List<String> words) {
        return source(metric)
                .flatMap(spec -> Fields.open(spec, Keys.OPENSLO_REQUESTS, Keys.OPENSLO_REQUESTS.what(), problems))
                .flatMap(fields -> {
                    var of = selection(fields);
                    return fields.required("requests", (value, found) -> word(value, words, found))
                            .map(which -> new Requests(which, of));
                });
    }

    private Optional<Slo.Indicator> threshold(Yaml spec) {
        return Fields.open(spec, Keys.OPENSLO_MEASURE, Keys.OPENSLO_MEASURE.what(), problems)
                .flatMap(fields -> {
                    var of = selection(fields);
                    var what = fields.oneOf(List.of("latency", "measure"), "`latency` or `measure`");
                    return what.flatMap(entry -> entry.key().equals("latency")
                            ? latency(fields, entry.value(), of)
                            : Values.text(entry.value(), problems)
                                    .map(measure -> measure.strip().replaceAll("\\s+", " "))
                                    .flatMap(measure -> unit(fields)
                                            .map(unit -> (Slo.Indicator) new Slo.Value(measure, unit, of))));
                });
    }

    private Optional<Slo.Indicator> latency(Fields fields, Yaml which, Slo.Selection of) {
        fields.optional("unit", (value, found) -> word(value, List.of("s"), found));
        return word(which, List.of("response", "service"), problems)
                .map(word -> new Slo.Latency(
                        word.equals("service") ? Measure.Latency.SERVICE : Measure.Latency.RESPONSE, of));
    }

    private Optional<String> unit(Fields fields) {
        var symbols = Arrays.stream(Unit.values())
                .map(Unit::symbol)
                .filter(symbol -> !symbol.isEmpty())
                .toList();
        return fields.has("unit")
                ? fields.optional("unit", (value, found) -> word(value, symbols, found))
                : Optional.of("");
    }

    private static Slo.Selection selection(Fields fields) {
        return new Slo.Selection(
                fields.optional("of", Values::text),
                fields.optional("tagged", Values::text),
                fields.optional("on", Values::text));
    }

    /// Returns the spec of the metric source of a metric.
    private Optional<Yaml> source(Yaml metric) {
        return Fields.open(metric, Keys.OPENSLO_METRIC, "a metric", problems)
                .flatMap(fields -> fields.required("metricSource", (value, _) -> Optional.of(value)))
                .flatMap(value -> Fields.open(value, Keys.OPENSLO_SOURCE, Keys.OPENSLO_SOURCE.what(), problems))
                .flatMap(fields -> {
                    if (fields.has("metricSourceRef")) {
                        fields.entry("metricSourceRef").ifPresent(entry -> problems.add(unsupported(entry, EXAMPLE)));
                        return Optional.empty();
                    }
                    return fields.required("type", SliReader::ours)
                            .flatMap(_ -> fields.required("spec", (value, _) -> Optional.of(value)));
                });
    }

    private static Optional<String> ours(Yaml value, Problems problems) {
        return Values.scalar(value, "`" + Slo.SOURCE + "`", problems)
                .flatMap(scalar -> scalar.text().equals(Slo.SOURCE)
                        ? Optional.of(scalar.text())
                        : problems.refuse(new DocumentProblem(
                                        Code.UNSUPPORTED,
                                        "a metric of " + scalar.kind() + " is none of Ordeal's",
                                        scalar.place())
                                .noting(EXAMPLE)));
    }

    private static Optional<String> word(Yaml value, List<String> words, Problems problems) {
        return Values.scalar(value, "one of " + Words.list(words), problems)
                .flatMap(scalar -> words.contains(scalar.text())
                        ? Optional.of(scalar.text())
                        : problems.refuse(Values.malformed(scalar, "is none of " + Words.list(words))));
    }

    /// The problem that Ordeal does not do what a key asks for.
    static DocumentProblem unsupported(Yaml.Entry entry, String help) {
        return new DocumentProblem(
                        Code.UNSUPPORTED, "`" + entry.key() + "` is nothing that Ordeal does", entry.keyPlace())
                .noting(help);
    }
}
