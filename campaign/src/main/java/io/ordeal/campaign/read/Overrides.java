package io.ordeal.campaign.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Values from the command line that take the place of values in a document: `phases.1.rate=800/s`.
///
/// A path goes by keys, by positions from 0, and by the `name` or `id` of list items (`faults.F1.for=2s`). It may be
/// written as a JSON pointer too, for names with dots. A value is read as YAML.
final class Overrides {
    private final Problems problems;
    private final Source source;
    private final List<String> path;
    private final int valueColumn;

    private Overrides(Source source, List<String> path, int valueColumn, Problems problems) {
        this.source = source;
        this.path = path;
        this.valueColumn = valueColumn;
        this.problems = problems;
    }

    /// Returns the tree with every override in it, in order. One that names no place is a problem, and changes
    /// nothing.
    static Yaml apply(Yaml root, List<String> overrides, Problems problems) {
        var tree = root;
        for (var text : overrides) {
            tree = apply(tree, text, problems);
        }
        return tree;
    }

    private static Yaml apply(Yaml root, String text, Problems problems) {
        var source = new Source("--set", List.of(text));
        int equals = text.indexOf('=');
        if (equals < 1) {
            problems.add(new DocumentProblem(
                    Code.OVERRIDE,
                    "`" + text + "` is no override; write for instance `phases.0.for=10s`",
                    new Place(source, 1, 1, Math.max(1, text.length()), "")));
            return root;
        }
        var key = text.substring(0, equals).strip();
        var path =
                key.startsWith("/") ? Arrays.asList(key.substring(1).split("/")) : Arrays.asList(key.split("\\.", -1));
        return new Overrides(source, path, equals + 1, problems).into(root, 0);
    }

    private Yaml into(Yaml value, int depth) {
        if (depth == path.size()) {
            return replacement(value.place().pointer()).orElse(value);
        }
        return switch (value) {
            case Yaml.Mapping mapping -> intoMapping(mapping, depth);
            case Yaml.Sequence sequence -> intoSequence(sequence, depth);
            case Yaml.Scalar _ -> {
                problems.add(lost(depth, "`" + upTo(depth) + "` has no parts", Optional.empty()));
                yield value;
            }
        };
    }

    private Yaml intoMapping(Yaml.Mapping mapping, int depth) {
        var key = path.get(depth);
        var entries = new ArrayList<>(mapping.entries());
        int at = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).key().equals(key))
                .findFirst()
                .orElse(-1);
        if (at >= 0) {
            var entry = entries.get(at);
            entries.set(at, new Yaml.Entry(key, entry.keyPlace(), into(entry.value(), depth + 1)));
        } else if (depth == path.size() - 1) {
            var pointer = mapping.place().pointer() + "/" + key;
            replacement(pointer).ifPresent(value -> entries.add(new Yaml.Entry(key, place(depth, pointer), value)));
        } else {
            var keys = entries.stream().map(Yaml.Entry::key).toList();
            problems.add(
                    lost(depth, "there is no `" + upTo(depth + 1) + "` in the document", Words.nearest(key, keys)));
        }
        return new Yaml.Mapping(entries, mapping.place());
    }

    private Yaml intoSequence(Yaml.Sequence sequence, int depth) {
        var key = path.get(depth);
        var items = new ArrayList<>(sequence.items());
        int at = position(sequence, key);
        if (at >= 0 && at < items.size()) {
            items.set(at, into(items.get(at), depth + 1));
        } else if (at == items.size() && depth == path.size() - 1) {
            replacement(sequence.place().pointer() + "/" + at).ifPresent(items::add);
        } else {
            var names = items.stream().flatMap(item -> name(item).stream()).toList();
            problems.add(lost(
                    depth,
                    "there is no `" + upTo(depth + 1) + "`: `" + upTo(depth) + "` has " + items.size() + " items, 0 to "
                            + (items.size() - 1),
                    Words.nearest(key, names)));
        }
        return new Yaml.Sequence(items, sequence.place());
    }

    private static int position(Yaml.Sequence sequence, String key) {
        if (key.matches("[0-9]{1,6}")) {
            return Integer.parseInt(key);
        }
        return IntStream.range(0, sequence.items().size())
                .filter(i -> name(sequence.items().get(i)).equals(Optional.of(key)))
                .findFirst()
                .orElse(-1);
    }

    private static Optional<String> name(Yaml item) {
        return item instanceof Yaml.Mapping mapping
                ? mapping.entry("id")
                        .or(() -> mapping.entry("name"))
                        .map(Yaml.Entry::value)
                        .filter(Yaml.Scalar.class::isInstance)
                        .map(value -> ((Yaml.Scalar) value).text())
                : Optional.empty();
    }

    private Optional<Yaml> replacement(String pointer) {
        return YamlTree.read(source, valueColumn, pointer, problems);
    }

    private String upTo(int depth) {
        return String.join(".", path.subList(0, depth));
    }

    private DocumentProblem lost(int depth, String message, Optional<String> meant) {
        return new DocumentProblem(Code.OVERRIDE, message, place(depth, "/" + String.join("/", path)))
                .labelled(meant.map(word -> "did you mean `" + word + "`?").orElse(""));
    }

    /// The part of the path at `depth`, marked in the override's own text.
    private Place place(int depth, String pointer) {
        int before = path.subList(0, depth).stream()
                .mapToInt(part -> part.length() + 1)
                .sum();
        int slash = source.line(1).startsWith("/") ? 1 : 0;
        return new Place(
                source, 1, slash + before + 1, Math.max(1, path.get(depth).length()), pointer);
    }
}
