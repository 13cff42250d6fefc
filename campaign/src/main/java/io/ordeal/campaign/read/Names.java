package io.ordeal.campaign.read;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names that a document gives, collected before anything else is read, so that one bad value does not make every
/// mention of its owner a problem too.
///
/// @param phases every phase
/// @param unjudged the phases that objectives do not look at
/// @param faults the ids of the faults
/// @param requests every scenario, and every request as `scenario/request`, each with what it measures itself
/// @param tags marks of scenarios as `KEY=VALUE`
record Names(
        Set<String> phases,
        Set<String> unjudged,
        Set<String> faults,
        Map<String, Set<String>> requests,
        Set<String> tags) {
    /// What the answers of a stream of events are measured by.
    private static final List<String> OF_EVENTS = List.of("first_event_ms", "between_events_ms", "tokens_per_second");

    /// Collects the names; one that two things have is a problem.
    static Names of(Yaml.Mapping root, Problems problems) {
        var phases = named(root, "phases", "name", "phases", problems);
        var faults = named(root, "faults", "id", "faults", problems);
        var unjudged = new LinkedHashSet<String>();
        items(root, "phases")
                .filter(phase -> text(phase, "judged").equals(Optional.of("false")))
                .forEach(phase -> text(phase, "name").ifPresent(unjudged::add));
        return new Names(phases, unjudged, faults, requests(root), tags(root));
    }

    /// Returns what the requests of `name`, or of every scenario, measure themselves.
    Set<String> measures(Optional<String> name) {
        return name.map(one -> requests.getOrDefault(one, Set.of()))
                .orElseGet(() -> requests.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }

    private static Set<String> named(Yaml.Mapping root, String list, String key, String what, Problems problems) {
        Map<String, Place> first = new HashMap<>();
        var names = new LinkedHashSet<String>();
        items(root, list).flatMap(item -> item.entry(key).stream()).forEach(entry -> {
            if (entry.value() instanceof Yaml.Scalar scalar) {
                names.add(scalar.text());
                var before = first.putIfAbsent(scalar.text(), scalar.place());
                if (before != null) {
                    problems.add(new DocumentProblem(
                                    Code.NAME_TWICE,
                                    "two " + what + " are called `" + scalar.text() + "`",
                                    scalar.place())
                            .labelled("again here")
                            .also(before, "first here"));
                }
            }
        });
        return names;
    }

    private static Map<String, Set<String>> requests(Yaml.Mapping root) {
        var names = new LinkedHashMap<String, Set<String>>();
        scenarios(root).forEach(scenario -> request(scenario, names));
        return names;
    }

    private static Stream<Yaml.Entry> scenarios(Yaml.Mapping root) {
        return root.entry("scenarios").map(Yaml.Entry::value).stream()
                .filter(Yaml.Mapping.class::isInstance)
                .flatMap(value -> ((Yaml.Mapping) value).entries().stream());
    }

    private static void request(Yaml.Entry scenario, Map<String, Set<String>> names) {
        var all = names.computeIfAbsent(scenario.key(), _ -> new LinkedHashSet<>());
        if (scenario.value() instanceof Yaml.Mapping mapping) {
            items(mapping, "steps")
                    .forEach(step -> step(step).ifPresent(name -> {
                        var measures = measures(step);
                        all.addAll(measures);
                        names.computeIfAbsent(scenario.key() + "/" + name, _ -> new LinkedHashSet<>())
                                .addAll(measures);
                    }));
        }
    }

    private static List<String> measures(Yaml.Mapping step) {
        var own = step.entry("measure").map(Yaml.Entry::value).stream()
                .filter(Yaml.Mapping.class::isInstance)
                .flatMap(value -> ((Yaml.Mapping) value).entries().stream())
                .map(Yaml.Entry::key);
        return Stream.concat(own, step.entry("events").stream().flatMap(_ -> OF_EVENTS.stream()))
                .toList();
    }

    private static Set<String> tags(Yaml.Mapping root) {
        var tags = new LinkedHashSet<String>();
        scenarios(root)
                .map(Yaml.Entry::value)
                .filter(Yaml.Mapping.class::isInstance)
                .flatMap(value -> ((Yaml.Mapping) value).entry("tags").map(Yaml.Entry::value).stream())
                .filter(Yaml.Mapping.class::isInstance)
                .flatMap(value -> ((Yaml.Mapping) value).entries().stream())
                .forEach(tag -> {
                    if (tag.value() instanceof Yaml.Scalar scalar) {
                        tags.add(tag.key() + "=" + scalar.text());
                    }
                });
        return tags;
    }

    private static Optional<String> step(Yaml.Mapping step) {
        return text(step, "name")
                .or(() -> Stream.concat(Keys.METHODS.stream(), Keys.CONVERSATION.stream())
                        .flatMap(key -> named(step, key).stream())
                        .findFirst());
    }

    private static Optional<String> named(Yaml.Mapping step, String key) {
        return step.entry(key)
                .map(Yaml.Entry::value)
                .map(value -> value instanceof Yaml.Mapping events && key.equals("events")
                        ? Keys.METHODS.stream()
                                .flatMap(method -> text(events, method).map(path -> stepName(method, path)).stream())
                                .findFirst()
                                .orElse(key)
                        : ConversationReader.name(key, value instanceof Yaml.Scalar scalar ? scalar.text() : ""));
    }

    /// Returns the name of a step that was given none.
    static String stepName(String method, String path) {
        int query = path.indexOf('?');
        return method.toUpperCase(Locale.ROOT) + " " + (query < 0 ? path : path.substring(0, query));
    }

    private static Stream<Yaml.Mapping> items(Yaml.Mapping mapping, String key) {
        return mapping.entry(key).map(Yaml.Entry::value).stream()
                .filter(Yaml.Sequence.class::isInstance)
                .flatMap(value -> ((Yaml.Sequence) value).items().stream())
                .map(ConversationReader::spelledOut)
                .filter(Yaml.Mapping.class::isInstance)
                .map(Yaml.Mapping.class::cast);
    }

    private static Optional<String> text(Yaml.Mapping mapping, String key) {
        return mapping.entry(key)
                .map(Yaml.Entry::value)
                .filter(Yaml.Scalar.class::isInstance)
                .map(value -> ((Yaml.Scalar) value).text());
    }
}
