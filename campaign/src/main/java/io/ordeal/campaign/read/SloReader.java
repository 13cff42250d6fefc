package io.ordeal.campaign.read;

import io.ordeal.campaign.openslo.Export;
import io.ordeal.campaign.openslo.Expressions;
import io.ordeal.campaign.openslo.Slo;
import io.ordeal.campaign.openslo.SloYaml;
import io.ordeal.campaign.read.OpenSloReader.Imported;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.ObjectiveParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the spec of an SLO, objective by objective.
final class SloReader {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern SHORTHAND = Pattern.compile("([1-9][0-9]*)([mhdwMQY])");
    private static final long NANOS_OF_A_MINUTE = Duration.ofMinutes(1).toNanos();

    private final Map<String, Yaml> indicators;
    private final Problems problems;

    /// @param indicators the specs of SLIs by name
    SloReader(Map<String, Yaml> indicators, Problems problems) {
        this.indicators = indicators;
        this.problems = problems;
    }

    private record Metadata(String name, Optional<Yaml.Scalar> annotation) {}

    /// Reads an SLO, opened as a document.
    List<Imported> read(Fields document) {
        var metadata = document.optional("metadata", (value, _) -> metadata(value));
        var spec = document.required(
                "spec", (value, found) -> Fields.open(value, Keys.OPENSLO_SLO, Keys.OPENSLO_SLO.what(), found));
        if (metadata.isEmpty() || spec.isEmpty()) {
            return List.of();
        }
        return objectives(spec.get(), metadata.get());
    }

    private Optional<Metadata> metadata(Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return Optional.empty(); // it is said already that there is no name
        }
        var name = mapping.entry("displayName")
                .or(() -> mapping.entry("name"))
                .flatMap(entry -> Values.text(entry.value(), problems));
        var annotation = mapping.entry("annotations")
                .map(Yaml.Entry::value)
                .filter(Yaml.Mapping.class::isInstance)
                .flatMap(all -> ((Yaml.Mapping) all).entry(Slo.ANNOTATION))
                .flatMap(entry -> Values.scalar(entry.value(), "an objective", problems));
        return name.map(text -> new Metadata(text, annotation));
    }

    private List<Imported> objectives(Fields spec, Metadata metadata) {
        spec.optional("description", Values::text);
        spec.required("service", Values::text);
        spec.optional("timeWindow", SloReader::timeWindow);
        spec.entry("alertPolicies")
                .ifPresent(entry -> problems.add(SliReader.unsupported(
                        entry, "help: leave it out; how fast a budget burns is looked at in any case")));
        var method = spec.required("budgetingMethod", SloReader::method);
        var indicator = spec.oneOf(List.of("indicator", "indicatorRef"), "`indicator` or `indicatorRef`")
                .flatMap(this::indicator);
        var items = spec.required("objectives", (value, found) -> Values.list(value, "`objectives`", found))
                .orElse(List.of());
        if (indicator.isEmpty() || method.isEmpty()) {
            items.forEach(item -> Fields.open(item, Keys.OPENSLO_AIM, Keys.OPENSLO_AIM.what(), problems));
            return List.of();
        }
        boolean ratio = indicator.get() instanceof Slo.Ratio;
        if (items.size() > 1 && (!ratio || metadata.annotation().isPresent())) {
            problems.add(new DocumentProblem(
                    Code.EITHER_OR,
                    ratio
                            ? "an SLO with the annotation `" + Slo.ANNOTATION + "` has one objective"
                            : "an SLO with a thresholdMetric has one objective",
                    items.get(1).place()));
        }
        var imported = new ArrayList<Imported>();
        for (int i = 0; i < items.size(); i++) {
            var name = items.size() == 1 ? metadata.name() : metadata.name() + " " + (i + 1);
            one(items.get(i), name, indicator.get(), method.get(), metadata.annotation())
                    .ifPresent(imported::add);
        }
        return imported;
    }

    private Optional<Slo.Indicator> indicator(Yaml.Entry entry) {
        var reader = new SliReader(problems);
        if (entry.key().equals("indicatorRef")) {
            return Values.scalar(entry.value(), "the name of an SLI", problems)
                    .flatMap(scalar -> Optional.ofNullable(indicators.get(scalar.text()))
                            .or(() -> problems.refuse(
                                    Mentions.unknown("SLI", scalar.text(), indicators.keySet(), scalar))))
                    .flatMap(reader::read);
        }
        return Fields.open(entry.value(), Keys.OPENSLO_INDICATOR, Keys.OPENSLO_INDICATOR.what(), problems)
                .flatMap(fields -> fields.required("spec", (value, _) -> Optional.of(value)))
                .flatMap(reader::read);
    }

    private Optional<Imported> one(
            Yaml item, String name, Slo.Indicator indicator, String method, Optional<Yaml.Scalar> annotation) {
        return Fields.open(item, Keys.OPENSLO_AIM, Keys.OPENSLO_AIM.what(), problems)
                .flatMap(fields -> {
                    for (var key : List.of("indicator", "indicatorRef", "compositeWeight")) {
                        fields.entry(key)
                                .ifPresent(entry -> problems.add(
                                        SliReader.unsupported(entry, "help: write an SLO for each indicator")));
                    }
                    var called = fields.optional("displayName", Values::text).orElse(name);
                    return aim(fields, indicator, method).map(aim -> new Slo(called, indicator, aim));
                })
                .flatMap(slo -> annotation.map(text -> annotated(slo, text)).orElseGet(() -> plain(slo, item)));
    }

    private Optional<Slo.Aim> aim(Fields fields, Slo.Indicator indicator, String method) {
        boolean ratio = indicator instanceof Slo.Ratio;
        var op = ratio ? this.<Comparison>none(fields, "op") : fields.required("op", SloReader::op);
        var value = ratio
                ? this.<Double>none(fields, "value")
                : fields.required("value", number(-Double.MAX_VALUE, Double.MAX_VALUE));
        var target = fields.oneOf(List.of("target", "targetPercent"), "`target` or `targetPercent`")
                .flatMap(entry -> entry.key().equals("target")
                        ? number(0, Math.nextDown(1.0)).read(entry.value(), problems)
                        : number(0, Math.nextDown(100.0))
                                .read(entry.value(), problems)
                                .map(percent -> BigDecimal.valueOf(percent)
                                        .movePointLeft(2)
                                        .doubleValue()));
        Optional<Slo.Slice> slice = Optional.empty();
        if (method.equals("Timeslices")) {
            var part = fields.required("timeSliceTarget", number(Double.MIN_VALUE, 1));
            var window = fields.required("timeSliceWindow", SloReader::slice);
            slice = part.flatMap(each -> window.map(length -> new Slo.Slice(each, length)));
            if (slice.isEmpty()) {
                return Optional.empty();
            }
        } else {
            none(fields, "timeSliceTarget");
            none(fields, "timeSliceWindow");
        }
        var sliced = slice;
        boolean whole = ratio || (op.isPresent() && value.isPresent());
        return target.filter(_ -> whole).map(part -> new Slo.Aim(op, value, part, sliced));
    }

    private <T> Optional<T> none(Fields fields, String key) {
        fields.entry(key)
                .ifPresent(entry -> problems.add(new DocumentProblem(
                        Code.EITHER_OR,
                        "`" + key + "` does not go with " + (key.startsWith("time") ? "Occurrences" : "a ratioMetric"),
                        entry.keyPlace())));
        return Optional.empty();
    }

    private Optional<Imported> plain(Slo slo, Yaml item) {
        var text = Expressions.of(slo);
        return ObjectiveReader.parse(text, ObjectiveParser::parse, new Yaml.Scalar(text, true, item.place()), problems)
                .map(_ -> new Imported(text, slo));
    }

    /// The annotation says all of it, and must not contradict the rest.
    private Optional<Imported> annotated(Slo slo, Yaml.Scalar annotation) {
        var window = slo.aim().slice().map(Slo.Slice::window).orElse(Duration.ofMinutes(1));
        return ObjectiveReader.parse(annotation.text(), ObjectiveParser::parse, annotation, problems)
                .filter(objective -> Export.of(slo.name(), objective, window).same(slo)
                        || problems.refuse(new DocumentProblem(
                                                Code.EITHER_OR,
                                                "`" + annotation.text() + "` is not what the SLO says: `"
                                                        + Expressions.of(slo) + "`",
                                                annotation.place())
                                        .noting("help: change both, or take the annotation out"))
                                .isPresent())
                .map(objective -> new Imported(annotation.text().strip().replaceAll("\\s+", " "), slo));
    }

    private static Optional<String> method(Yaml value, Problems problems) {
        return Values.scalar(value, "`Occurrences` or `Timeslices`", problems)
                .flatMap(scalar -> List.of("Occurrences", "Timeslices").contains(scalar.text())
                        ? Optional.of(scalar.text())
                        : problems.refuse(new DocumentProblem(
                                        scalar.text().equals("RatioTimeslices") ? Code.UNSUPPORTED : Code.MALFORMED,
                                        scalar.kind() + " is neither `Occurrences` nor `Timeslices`",
                                        scalar.place())
                                .noting("help: Ordeal counts requests, or looks at each window")));
    }

    private static Optional<Comparison> op(Yaml value, Problems problems) {
        return Values.scalar(value, "`lt`, `lte`, `gt` or `gte`", problems)
                .flatMap(scalar -> SloYaml.comparison(scalar.text())
                        .or(() -> problems.refuse(Values.malformed(scalar, "is none of lt, lte, gt and gte"))));
    }

    private static Fields.ValueReader<Double> number(double least, double most) {
        return (value, problems) -> Values.scalar(value, "a number", problems).flatMap(scalar -> {
            if (!NUMBER.matcher(scalar.text()).matches()) {
                return problems.refuse(Values.malformed(scalar, "is no number"));
            }
            double number = Double.parseDouble(scalar.text());
            return number >= least && number <= most
                    ? Optional.of(number)
                    : problems.refuse(new DocumentProblem(
                            Code.OUT_OF_RANGE,
                            scalar.kind() + " is not in the range that OpenSLO gives: "
                                    + (least > 0 ? "above 0" : "0") + " to " + (most < 1 || most > 1 ? "below " : "")
                                    + Math.round(most),
                            scalar.place()));
        });
    }

    private static Optional<Duration> slice(Yaml value, Problems problems) {
        return Values.scalar(value, "a time, for instance `1m`, or a number of minutes", problems)
                .flatMap(scalar -> {
                    var shorthand = SHORTHAND.matcher(scalar.text());
                    if (shorthand.matches() && "mhdw".contains(shorthand.group(2))) {
                        long minutes = switch (shorthand.group(2)) {
                            case "m" -> 1;
                            case "h" -> 60;
                            case "d" -> 1_440;
                            default -> 10_080;
                        };
                        return Optional.of(Duration.ofMinutes(minutes * Long.parseLong(shorthand.group(1))));
                    }
                    if (NUMBER.matcher(scalar.text()).matches() && Double.parseDouble(scalar.text()) > 0) {
                        double minutes = Double.parseDouble(scalar.text());
                        return Optional.of(Duration.ofNanos(Math.round(minutes * NANOS_OF_A_MINUTE)));
                    }
                    return problems.refuse(
                            Values.malformed(scalar, "is no length of a slice; write for instance `1m`"));
                });
    }

    /// A budget of Ordeal is of the run, whatever the time; the shape must be right.
    private static Optional<String> timeWindow(Yaml value, Problems problems) {
        return Values.list(value, "`timeWindow`", problems).flatMap(items -> {
            if (items.size() > 1) {
                return problems.refuse(new DocumentProblem(
                        Code.EITHER_OR,
                        "`timeWindow` has one item",
                        items.get(1).place()));
            }
            return items.getFirst() instanceof Yaml.Mapping mapping
                    ? mapping.entry("duration")
                            .flatMap(entry -> Values.scalar(entry.value(), "a time", problems))
                            .map(Yaml.Scalar::text)
                            .filter(text -> SHORTHAND.matcher(text).matches())
                            .or(() -> problems.refuse(new DocumentProblem(
                                    Code.MALFORMED, "a time window has a `duration` like `28d`", mapping.place())))
                    : problems.refuse(new DocumentProblem(
                            Code.WRONG_KIND,
                            "a time window is a mapping",
                            items.getFirst().place()));
        });
    }
}
