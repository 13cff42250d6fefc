package io.ordeal.campaign.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Turns text into values with places. Refuses what campaigns do not have: a key given twice, merge keys, and aliases
/// that contain themselves.
final class YamlTree {
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Source source;
    private final String text;
    private final String pointer;
    private final Problems problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlTree(Source source, String text, String pointer, Problems problems) {
        this.source = source;
        this.text = text;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// Reads one value. Empty where the text is no YAML, or nothing at all; then there is a problem.
    static Optional<Yaml> read(Source source, Problems problems) {
        return new YamlTree(source, String.join("\n", source.lines()), "", problems).root();
    }

    /// Reads every document of a text. Empty where it is no YAML, or nothing at all; then there is a problem.
    static List<Yaml> readAll(Source source, Problems problems) {
        return new YamlTree(source, String.join("\n", source.lines()), "", problems).roots();
    }

    /// Reads the value that begins at a column of a source of one line, as the value of `pointer`.
    ///
    /// @param from 0-based
    static Optional<Yaml> read(Source source, int from, String pointer, Problems problems) {
        var line = source.line(1);
        var value = line.substring(from);
        if (value.isBlank()) {
            return Optional.of(new Yaml.Scalar("", true, new Place(source, 1, Math.max(1, from), 1, pointer)));
        }
        return new YamlTree(source, " ".repeat(from) + value, pointer, problems).root();
    }

    private Optional<Yaml> root() {
        return composed(compose -> compose.composeString(text).stream()
                        .map(node -> value(node, pointer))
                        .toList())
                .stream()
                .findFirst();
    }

    private List<Yaml> roots() {
        return composed(compose -> {
            var roots = new ArrayList<Yaml>();
            compose.composeAllFromString(text).forEach(node -> roots.add(value(node, pointer)));
            return roots;
        });
    }

    private List<Yaml> composed(Function<Compose, List<Yaml>> composer) {
        if (text.length() > MOST_CHARACTERS) {
            problems.add(new DocumentProblem(
                    Code.UNSUPPORTED, "the document is longer than " + MOST_CHARACTERS + " characters", start()));
            return List.of();
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel(source.label())
                    .setAllowRecursiveKeys(false)
                    .build();
            var values = composer.apply(new Compose(settings));
            if (values.isEmpty()) {
                problems.add(new DocumentProblem(Code.SYNTAX, "the document is empty", start()));
            }
            return values;
        } catch (MarkedYamlEngineException e) {
            problems.add(syntax(e));
        } catch (YamlEngineException e) { // limits of the parser: too many aliases, too deep
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(new DocumentProblem(Code.SYNTAX, "this is no YAML: " + reason, start()));
        }
        return List.of();
    }

    private DocumentProblem syntax(MarkedYamlEngineException e) {
        var mark = e.getProblemMark().or(e::getContextMark);
        var place = mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1, 1, pointer))
                .orElseGet(this::start);
        return new DocumentProblem(Code.SYNTAX, "this is no YAML: " + e.getProblem(), place);
    }

    private Yaml value(Node node, String at) {
        var place = place(node, at);
        if (!open.add(node)) {
            problems.add(new DocumentProblem(Code.UNSUPPORTED, "an alias contains itself", place));
            return new Yaml.Scalar("", true, place);
        }
        try {
            return switch (node) {
                case ScalarNode scalar ->
                    new Yaml.Scalar(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, place);
                case SequenceNode sequence -> sequence(sequence, place);
                case MappingNode mapping -> mapping(mapping, place);
                default -> throw new IllegalStateException("a node of kind " + node.getNodeType());
            };
        } finally {
            open.remove(node);
        }
    }

    private Yaml sequence(SequenceNode node, Place place) {
        var items = new ArrayList<Yaml>();
        for (var item : node.getValue()) {
            items.add(value(item, place.pointer() + "/" + items.size()));
        }
        return new Yaml.Sequence(items, place);
    }

    private Yaml mapping(MappingNode node, Place place) {
        var entries = new ArrayList<Yaml.Entry>();
        var first = new HashMap<String, Place>();
        for (var tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(new DocumentProblem(
                        Code.UNSUPPORTED, "a key must be a word", place(tuple.getKeyNode(), place.pointer())));
                continue;
            }
            var key = keyNode.getValue();
            var at = place.pointer() + "/" + escaped(key);
            var keyPlace = place(keyNode, at);
            var before = first.putIfAbsent(key, keyPlace);
            if (before != null) {
                problems.add(new DocumentProblem(Code.DUPLICATE_KEY, "`" + key + "` is given twice", keyPlace)
                        .labelled("again here")
                        .also(before, "first here"));
            } else if (key.equals("<<")) {
                problems.add(new DocumentProblem(Code.UNSUPPORTED, "merge keys are not read", keyPlace)
                        .noting("help: name the values, or use an alias for a whole value"));
            } else {
                entries.add(new Yaml.Entry(key, keyPlace, value(tuple.getValueNode(), at)));
            }
        }
        return new Yaml.Mapping(entries, place);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private Place start() {
        return new Place(source, 1, 1, 1, pointer);
    }

    private Place place(Node node, String at) {
        return node.getStartMark()
                .map(from -> new Place(
                        source, from.getLine() + 1, from.getColumn() + 1, length(from, node.getEndMark()), at))
                .orElseGet(() -> new Place(source, 1, 1, 1, at));
    }

    /// A value of several lines is marked to the end of its first.
    private int length(Mark from, Optional<Mark> to) {
        int end = to.filter(mark -> mark.getLine() == from.getLine())
                .map(Mark::getColumn)
                .orElseGet(() -> source.line(from.getLine() + 1).stripTrailing().length());
        return Math.max(1, end - from.getColumn());
    }
}
