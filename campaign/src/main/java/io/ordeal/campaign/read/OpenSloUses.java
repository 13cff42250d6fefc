package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Settings;
import io.ordeal.campaign.openslo.Slo;
import io.ordeal.campaign.read.OpenSloReader.Imported;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.objective.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts the objectives of OpenSLO documents into a campaign that uses them: `objectives: [{openslo: shop.yaml}]`. They
/// are then read and reported as if they stood there.
final class OpenSloUses {
    static final String USE = "openslo";

    private final DataFiles files;
    private final Problems problems;

    OpenSloUses(DataFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /// Returns the document with every use replaced; one that cannot be read stays.
    Yaml spelledOut(Yaml root) {
        if (!(root instanceof Yaml.Mapping mapping)) {
            return root;
        }
        var window = window(mapping);
        return new Yaml.Mapping(
                mapping.entries().stream()
                        .map(entry -> entry.key().equals("objectives") && entry.value() instanceof Yaml.Sequence list
                                ? new Yaml.Entry(entry.key(), entry.keyPlace(), all(list, window))
                                : entry)
                        .toList(),
                mapping.place());
    }

    private static Duration window(Yaml.Mapping root) {
        return root.entry("window")
                .map(Yaml.Entry::value)
                .filter(Yaml.Scalar.class::isInstance)
                .flatMap(value -> Quantity.parse(((Yaml.Scalar) value).text()))
                .flatMap(Quantity::duration)
                .orElse(Settings.DEFAULT_WINDOW);
    }

    private Yaml all(Yaml.Sequence list, Duration window) {
        return new Yaml.Sequence(
                list.items().stream().flatMap(item -> one(item, window)).toList(), list.place());
    }

    private Stream<Yaml> one(Yaml item, Duration window) {
        if (!(item instanceof Yaml.Mapping mapping) || mapping.entry(USE).isEmpty()) {
            return Stream.of(item);
        }
        if (mapping.entries().size() > 1) {
            problems.add(new DocumentProblem(
                    Code.EITHER_OR, "an objective with `" + USE + "` has no other key", mapping.place()));
            return Stream.of(item);
        }
        var path = mapping.entry(USE)
                .flatMap(entry -> Values.scalar(entry.value(), "the path of an OpenSLO document", problems));
        var before = problems.sorted().size();
        var read = path.flatMap(this::source)
                .map(source -> OpenSloReader.read(List.of(source), problems))
                .orElse(List.of());
        if (problems.sorted().size() > before) {
            return Stream.of(item);
        }
        if (read.isEmpty()) {
            problems.add(new DocumentProblem(Code.MISSING_KEY, "there is no SLO in it", item.place()));
            return Stream.of(item);
        }
        read.forEach(imported -> sliced(imported, window, item));
        return read.stream().map(imported -> spelledOut(imported, item.place()));
    }

    private Optional<Source> source(Yaml.Scalar path) {
        try {
            return Optional.of(Source.of(path.text(), files.text(path.text())));
        } catch (IOException e) {
            return problems.refuse(Values.malformed(path, "cannot be read: " + e.getMessage()));
        }
    }

    private void sliced(Imported imported, Duration window, Yaml item) {
        imported.slo()
                .aim()
                .slice()
                .map(Slo.Slice::window)
                .filter(slice -> !slice.equals(window))
                .ifPresent(slice -> problems.add(new DocumentProblem(
                                Code.EITHER_OR,
                                "`" + imported.name() + "` has time slices of " + Figures.span(slice)
                                        + ", the campaign windows of " + Figures.span(window),
                                item.place())
                        .noting("help: give the campaign a `window` as long as the slices")));
    }

    private static Yaml spelledOut(Imported imported, Place place) {
        return new Yaml.Mapping(
                List.of(
                        new Yaml.Entry("name", place, new Yaml.Scalar(imported.name(), false, place)),
                        new Yaml.Entry("expect", place, new Yaml.Scalar(imported.expression(), false, place))),
                place);
    }
}
