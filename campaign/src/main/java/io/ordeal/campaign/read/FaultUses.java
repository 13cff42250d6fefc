package io.ordeal.campaign.read;

import io.ordeal.campaign.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Puts what a ready fault says into the faults of a campaign that use it: `{use: NF-002, on: api, at: steady + 10s}`.
/// What the campaign itself says holds; all of it is then read and reported as if it stood there.
final class FaultUses {
    private static final String USE = "use";

    private final Problems problems;

    private FaultUses(Problems problems) {
        this.problems = problems;
    }

    /// Returns the document with every `use` replaced.
    static Yaml spelledOut(Yaml root, Problems problems) {
        if (!(root instanceof Yaml.Mapping mapping)) {
            return root;
        }
        var uses = new FaultUses(problems);
        var entries = mapping.entries().stream()
                .map(entry -> entry.key().equals("faults") && entry.value() instanceof Yaml.Sequence list
                        ? new Yaml.Entry(entry.key(), entry.keyPlace(), uses.all(list))
                        : entry)
                .toList();
        return new Yaml.Mapping(entries, mapping.place());
    }

    private Yaml all(Yaml.Sequence list) {
        return new Yaml.Sequence(list.items().stream().map(this::one).toList(), list.place());
    }

    private Yaml one(Yaml item) {
        if (!(item instanceof Yaml.Mapping fault) || fault.entry(USE).isEmpty()) {
            return item;
        }
        var use = fault.entry(USE).get();
        if (fault.entry("kind").isPresent()) {
            problems.add(new DocumentProblem(Code.EITHER_OR, "a fault has both `use` and `kind`", use.keyPlace())
                    .labelled("only one of them"));
            return item;
        }
        var name = Values.name(use.value(), problems);
        return name.flatMap(id -> ready(id, use.value()))
                .<Yaml>map(ready -> merged(fault, use, ready))
                .orElse(item);
    }

    private Optional<Yaml.Mapping> ready(String id, Yaml use) {
        var entry = Catalogue.fault(id);
        if (entry.isEmpty()) {
            var ids = Catalogue.faults().stream().map(Catalogue.Entry::id).toList();
            return problems.refuse(
                    new DocumentProblem(Code.UNKNOWN_NAME, "there is no ready fault `" + id + "`", use.place())
                            .labelled(Words.nearest(id, ids)
                                    .map(word -> "did you mean `" + word + "`?")
                                    .orElse(""))
                            .noting("help: `ordeal chaos list` shows them"));
        }
        var source = Source.of(entry.get().label(), entry.get().text());
        var root = YamlTree.read(source, problems).orElse(use);
        if (!(root instanceof Yaml.Mapping file
                && file.entry("faults").map(Yaml.Entry::value).orElse(use) instanceof Yaml.Sequence parts)) {
            return Optional.empty();
        }
        if (parts.items().size() != 1 || !(parts.items().getFirst() instanceof Yaml.Mapping part)) {
            return problems.refuse(new DocumentProblem(
                            Code.EITHER_OR,
                            "`" + id + "` is several faults; a campaign uses one at a time",
                            use.place())
                    .noting("help: write each of them, with its own `at`"));
        }
        var entries = new ArrayList<>(part.entries());
        if (part.entry("for").isEmpty()) {
            file.entry("for").ifPresent(entries::add);
        }
        file.entry("id").ifPresent(entries::add);
        return Optional.of(new Yaml.Mapping(entries, part.place()));
    }

    /// What comes from the ready fault stands, for messages, where it is used.
    private static Yaml.Mapping merged(Yaml.Mapping fault, Yaml.Entry use, Yaml.Mapping ready) {
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        var base = fault.place().pointer() + "/";
        for (var entry : ready.entries()) {
            if (entry.value() instanceof Yaml.Scalar scalar) {
                var at = use.value().place();
                var place = new Place(at.source(), at.line(), at.column(), at.length(), base + entry.key());
                entries.put(
                        entry.key(),
                        new Yaml.Entry(entry.key(), place, new Yaml.Scalar(scalar.text(), scalar.plain(), place)));
            }
        }
        fault.entries().stream()
                .filter(entry -> !entry.key().equals(USE))
                .forEach(entry -> entries.put(entry.key(), entry));
        return new Yaml.Mapping(List.copyOf(entries.values()), fault.place());
    }
}
