package io.ordeal.campaign.read;

import io.ordeal.generator.user.Placeholder;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederEnd;
import io.ordeal.schemas.load.FeederOrder;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads data for users: `accounts: {file: accounts.csv, order: shuffled, at-end: stop}`.
final class FeederReader {
    private static final Map<String, FeederOrder> ORDERS = Map.of(
            "sequential", FeederOrder.SEQUENTIAL,
            "shuffled", FeederOrder.SHUFFLED,
            "circular", FeederOrder.CIRCULAR,
            "random", FeederOrder.RANDOM);
    private static final Map<String, FeederEnd> ENDS = Map.of("stop", FeederEnd.STOP, "error", FeederEnd.ERROR);

    private final DataFiles files;
    private final Problems problems;

    FeederReader(DataFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    Optional<List<Feeder>> read(Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return problems.refuse(new DocumentProblem(
                    Code.WRONG_KIND, "`feeders` is a mapping of names, not " + value.kind(), value.place()));
        }
        return Optional.of(mapping.entries().stream()
                .filter(entry -> !entry.key().startsWith("x-"))
                .flatMap(entry -> feeder(entry).stream())
                .toList());
    }

    private Optional<Feeder> feeder(Yaml.Entry entry) {
        var name = Values.name(new Yaml.Scalar(entry.key(), true, entry.keyPlace()), problems);
        var what = "feeder `" + entry.key() + "`";
        return Fields.open(entry.value(), Keys.FEEDER, what, problems).flatMap(fields -> {
            var order =
                    fields.optional("order", (value, _) -> word(value, ORDERS)).orElse(FeederOrder.SEQUENTIAL);
            var end = fields.optional("at-end", (value, _) -> word(value, ENDS));
            refuseEnd(fields, order);
            return fields.oneOf(List.of("file", "rows"), "the data, for instance `file: accounts.csv`,")
                    .flatMap(source -> source.key().equals("file") ? file(source.value()) : rows(source.value()))
                    .filter(data -> named(data, entry))
                    .flatMap(data -> name.map(known ->
                            new Feeder(known, order, end.orElse(FeederEnd.ERROR), data.fields(), data.rows())));
        });
    }

    private void refuseEnd(Fields fields, FeederOrder order) {
        if (order == FeederOrder.CIRCULAR || order == FeederOrder.RANDOM) {
            fields.entry("at-end")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR, "a feeder without an end has `at-end`", entry.keyPlace())
                            .noting("help: take it out, or write `order: sequential`")));
        }
    }

    private <T> Optional<T> word(Yaml value, Map<String, T> words) {
        var known = words.keySet().stream().sorted().toList();
        return Values.scalar(value, "one of " + Words.list(known), problems)
                .flatMap(scalar -> Optional.ofNullable(words.get(scalar.text()))
                        .or(() -> problems.refuse(Values.malformed(scalar, "is none of " + Words.list(known)))));
    }

    private Optional<Table> file(Yaml value) {
        return Values.scalar(value, "a file, for instance `accounts.csv`", problems)
                .flatMap(scalar -> {
                    try {
                        var text = files.text(scalar.text());
                        var table = scalar.text().endsWith(".jsonl")
                                        || scalar.text().endsWith(".ndjson")
                                ? Table.ofJsonLines(text)
                                : Table.ofCsv(text);
                        table.problems()
                                .forEach(problem -> problems.add(new DocumentProblem(
                                        Code.MALFORMED, scalar.text() + ":" + problem, scalar.place())));
                        return table.problems().isEmpty() ? Optional.of(table) : Optional.empty();
                    } catch (IOException e) {
                        return problems.refuse(
                                Values.malformed(scalar, "cannot be read: " + String.valueOf(e.getMessage())));
                    }
                });
    }

    private Optional<Table> rows(Yaml value) {
        return Values.list(value, "`rows`", problems).flatMap(items -> {
            Set<String> fields = new LinkedHashSet<>();
            items.forEach(item -> {
                if (item instanceof Yaml.Mapping mapping) {
                    mapping.entries().forEach(entry -> fields.add(entry.key()));
                }
            });
            var rows =
                    items.stream().flatMap(item -> row(item, fields).stream()).toList();
            return rows.size() == items.size()
                    ? Optional.of(new Table(List.copyOf(fields), rows, List.of()))
                    : Optional.empty();
        });
    }

    private Optional<List<String>> row(Yaml item, Set<String> fields) {
        if (!(item instanceof Yaml.Mapping mapping)) {
            return problems.refuse(
                    new DocumentProblem(Code.WRONG_KIND, "a row is a mapping, not " + item.kind(), item.place()));
        }
        var missing =
                fields.stream().filter(field -> mapping.entry(field).isEmpty()).toList();
        if (!missing.isEmpty()) {
            return problems.refuse(new DocumentProblem(
                    Code.MISSING_KEY, "this row has no " + Words.list(missing) + ", as others have", item.place()));
        }
        return Optional.of(fields.stream()
                .map(field -> mapping.entry(field).orElseThrow().value())
                .map(value -> value instanceof Yaml.Scalar scalar ? scalar.text() : JsonText.of(value))
                .toList());
    }

    private boolean named(Table data, Yaml.Entry entry) {
        var wrong = data.fields().stream()
                .filter(field -> !Placeholder.isName(field))
                .toList();
        wrong.forEach(field -> problems.add(new DocumentProblem(
                Code.MALFORMED,
                "the field `" + field + "` of feeder `" + entry.key()
                        + "` is no name of a variable; use letters, digits and `_ . -`",
                entry.keyPlace())));
        return wrong.isEmpty();
    }
}
