package io.ordeal.campaign.read;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A mapping being read key by key. Unknown keys are reported at once; a key that a mistyped one was taken for is not
/// reported as missing too.
final class Fields {
    /// Reads one value, or reports why it cannot.
    interface ValueReader<T> {
        Optional<T> read(Yaml value, Problems problems);
    }

    private final Yaml.Mapping mapping;
    private final String what;
    private final Problems problems;
    private final Set<String> mistyped = new HashSet<>();

    private Fields(Yaml.Mapping mapping, String what, Problems problems) {
        this.mapping = mapping;
        this.what = what;
        this.problems = problems;
    }

    /// Opens a value as a mapping with these keys.
    ///
    /// @param what the thing that it describes, as messages name it
    static Optional<Fields> open(Yaml value, Keys keys, String what, Problems problems) {
        return switch (value) {
            case Yaml.Mapping mapping -> {
                var fields = new Fields(mapping, what, problems);
                fields.refuseUnknown(keys);
                yield Optional.of(fields);
            }
            case Yaml.Scalar _, Yaml.Sequence _ ->
                problems.refuse(
                        new DocumentProblem(Code.WRONG_KIND, what + " is a mapping, not " + value.kind(), value.place())
                                .noting("allowed here: " + Words.list(keys.allowed())));
        };
    }

    private void refuseUnknown(Keys keys) {
        for (var entry : mapping.entries()) {
            if (!keys.allowed().contains(entry.key()) && !entry.key().startsWith("x-")) {
                var meant = keys.meant(entry.key());
                meant.ifPresent(mistyped::add);
                problems.add(new DocumentProblem(
                                Code.UNKNOWN_KEY, "unknown key `" + entry.key() + "` in " + what, entry.keyPlace())
                        .labelled(meant.map(word -> "did you mean `" + word + "`?")
                                .orElse(""))
                        .noting("allowed here: " + String.join(", ", keys.allowed())));
            }
        }
    }

    Yaml.Mapping mapping() {
        return mapping;
    }

    boolean has(String key) {
        return mapping.entry(key).isPresent();
    }

    /// Whether a mistyped key was taken for this one.
    boolean meant(String key) {
        return mistyped.contains(key);
    }

    Optional<Yaml.Entry> entry(String key) {
        return mapping.entry(key);
    }

    <T> Optional<T> optional(String key, ValueReader<T> reader) {
        return mapping.entry(key).flatMap(entry -> reader.read(entry.value(), problems));
    }

    <T> Optional<T> required(String key, ValueReader<T> reader) {
        if (!has(key) && !mistyped.contains(key)) {
            problems.add(missing("`" + key + "`"));
        }
        return optional(key, reader);
    }

    /// Returns the only one of these keys that is given; reports none or several.
    Optional<Yaml.Entry> oneOf(List<String> keys, String words) {
        var given = keys.stream().flatMap(key -> mapping.entry(key).stream()).toList();
        if (given.isEmpty()) {
            if (keys.stream().noneMatch(mistyped::contains)) {
                problems.add(missing(words));
            }
            return Optional.empty();
        }
        if (given.size() > 1) {
            return problems.refuse(new DocumentProblem(
                            Code.EITHER_OR,
                            what + " has both `" + given.get(0).key() + "` and `"
                                    + given.get(1).key() + "`",
                            given.get(1).keyPlace())
                    .labelled("only one of them")
                    .also(given.get(0).keyPlace(), "the other"));
        }
        return Optional.of(given.getFirst());
    }

    private DocumentProblem missing(String words) {
        return new DocumentProblem(Code.MISSING_KEY, words + " is missing in " + what, mapping.place());
    }
}
