package io.ordeal.chaos.policy;

import io.ordeal.runtime.Problem;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Turns the configuration document into values and lists all that is wrong with it.
final class ConfigurationReader {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private ConfigurationReader(String file) {
        this.file = file;
    }

    static InjectorConfiguration read(String file, String text) {
        var reader = new ConfigurationReader(file);
        var configuration = reader.document(text);
        if (!reader.problems.isEmpty() || configuration.isEmpty()) {
            throw new InvalidConfiguration(reader.problems);
        }
        return configuration.get();
    }

    private Optional<InjectorConfiguration> document(String text) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(file)
                    .setMaxAliasesForCollections(10)
                    .build();
            var root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Problem(file + ":1", "the document is empty; give targets"));
                return Optional.empty();
            }
            return configuration(YamlMap.of(file, "", root.get(), problems));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(new Problem(file + ":" + line, "is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new Problem(file + ":1", "is not YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<InjectorConfiguration> configuration(YamlMap root) {
        root.onlyKeys("limits", "protected-ports", "protected-paths", "quiet-hours", "targets");
        var limits = limits(root);
        var targets = new ArrayList<Target>();
        var map = root.map("targets");
        if (map.isEmpty()) {
            root.report("targets", "is missing: name what may be harmed");
        }
        map.ifPresent(named -> {
            for (var name : named.keys()) {
                target(named, name, limits).ifPresent(targets::add);
            }
            groups(named, targets);
        });
        return problems.isEmpty() ? Optional.of(new InjectorConfiguration(targets, limits)) : Optional.empty();
    }

    private Limits limits(YamlMap root) {
        var ports = new HashSet<Integer>();
        for (var text : root.texts("protected-ports")) {
            Values.whole(1, 65535)
                    .apply(text)
                    .ifPresentOrElse(
                            ports::add,
                            () -> root.report("protected-ports", "holds no port from 1 to 65535: `" + text + "`"));
        }
        var paths = new ArrayList<Path>();
        for (var text : root.texts("protected-paths")) {
            Values.absolutePath(text)
                    .ifPresentOrElse(
                            paths::add, () -> root.report("protected-paths", "holds no absolute path: `" + text + "`"));
        }
        var quiet = root.maps("quiet-hours").stream()
                .flatMap(map -> quietHours(map).stream())
                .toList();
        var usual = Limits.standard();
        var limits = root.map("limits");
        limits.ifPresent(map -> map.onlyKeys("max-duration", "faults-at-once", "targets-at-once", "lease"));
        return new Limits(
                limits.flatMap(map -> map.quantity(
                                "max-duration",
                                "a time above 0, at most 24h",
                                Values.between(1, Limits.CEILING.toMillis())))
                        .orElse(usual.maxDuration()),
                count(limits, "faults-at-once").orElse(usual.faultsAtOnce()),
                count(limits, "targets-at-once").orElse(usual.targetsAtOnce()),
                limits.flatMap(map -> map.quantity("lease", "a time from 2s to 1h", Values.between(2_000, 3_600_000)))
                        .orElse(usual.lease()),
                ports,
                paths,
                quiet);
    }

    private static Optional<Integer> count(Optional<YamlMap> limits, String key) {
        return limits.flatMap(map -> map.value(key, "a whole number from 1 to 1000", Values.whole(1, 1000)));
    }

    private static Optional<QuietHours> quietHours(YamlMap map) {
        map.onlyKeys("from", "to", "days", "zone");
        var from = map.needed("from", "a time of day such as 22:00", ConfigurationReader::timeOfDay);
        var to = map.needed("to", "a time of day such as 06:00", ConfigurationReader::timeOfDay);
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var text : map.texts("days")) {
            Arrays.stream(DayOfWeek.values())
                    .filter(day -> day.name().equalsIgnoreCase(text))
                    .findAny()
                    .ifPresentOrElse(days::add, () -> map.report("days", "holds no day of the week: `" + text + "`"));
        }
        var zone = map.has("zone")
                ? map.value("zone", "a time zone such as Europe/Berlin", ConfigurationReader::zone)
                : Optional.of(ZoneId.of("UTC"));
        if (from.isPresent() && from.equals(to)) {
            map.report("to", "is the same as from");
            return Optional.empty();
        }
        var onDays = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
        return from.flatMap(f -> to.flatMap(t -> zone.map(z -> new QuietHours(f, t, onDays, z))));
    }

    private Optional<Target> target(YamlMap targets, String name, Limits limits) {
        if (!Target.isName(name)) {
            targets.report(name, "is no name: letters, digits, dot, underscore and dash, at most 64");
        }
        int before = problems.size();
        var map = targets.map(name).orElseThrow();
        var keys = new ArrayList<>(FacetReader.KEYS);
        keys.addAll(List.of("allow", "samples"));
        map.onlyKeys(keys.toArray(String[]::new));
        var facets = new FacetReader(limits.protectedPorts(), limits.protectedPaths()).read(map);
        if (FacetReader.KEYS.stream().noneMatch(map::has)) {
            targets.report(name, "has no facet: give one of " + String.join(", ", FacetReader.KEYS));
        }
        var allow = map.map("allow").map(a -> allowance(a, map, limits)).orElse(Allowance.everything(limits));
        var metrics = map.map("samples").flatMap(ConfigurationReader::metrics);
        return problems.size() > before || !Target.isName(name)
                ? Optional.empty()
                : Optional.of(new Target(name, facets, allow, metrics));
    }

    private static Optional<Metrics> metrics(YamlMap map) {
        map.onlyKeys("prometheus", "metrics");
        var url = map.needed("prometheus", "a URL such as http://127.0.0.1:8081/metrics", Values::url);
        var selectors = new HashMap<String, MetricSelector>();
        map.map("metrics").ifPresent(named -> {
            for (var name : named.keys()) {
                if (!Metrics.isName(name)) {
                    named.report(name, "is no name for a reading: small letters, digits and underscores, at most 64");
                }
                named.value(name, "a metric such as queue_size{pool=\"a\"}", MetricSelector::parse)
                        .ifPresent(selector -> selectors.put(name, selector));
            }
        });
        if (!map.has("metrics")) {
            map.report("metrics", "is missing: name what is to be read");
        }
        return url.map(u -> new Metrics(u, selectors));
    }

    private static Allowance allowance(YamlMap map, YamlMap target, Limits limits) {
        var keys = new ArrayList<>(List.of("kinds", "max-duration"));
        Arrays.stream(Bound.values()).map(Bound::published).forEach(keys::add);
        map.onlyKeys(keys.toArray(String[]::new));
        var bounds = new EnumMap<Bound, Double>(Bound.class);
        for (var bound : Bound.values()) {
            map.quantity(bound.published(), bound.expected(), bound::read).ifPresent(value -> bounds.put(bound, value));
        }
        long longest = limits.maxDuration().toMillis();
        return new Allowance(
                map.has("kinds") ? kinds(map, target) : EnumSet.allOf(FaultKind.class),
                map.quantity("max-duration", "a time above 0, at most limits.max-duration", Values.between(1, longest))
                        .orElse(limits.maxDuration()),
                bounds);
    }

    private static Set<FaultKind> kinds(YamlMap map, YamlMap target) {
        var kinds = EnumSet.noneOf(FaultKind.class);
        for (var name : map.texts("kinds")) {
            var kind = FaultKind.named(name);
            if (kind.isEmpty()) {
                map.report("kinds", "holds an unknown kind `" + name + "`; known are " + FaultKind.all());
            } else if (kind.get().facets().stream().map(Facet::published).noneMatch(target::has)) {
                map.report(
                        "kinds",
                        name + " needs the facet "
                                + kind.get().facets().stream()
                                        .map(Facet::published)
                                        .collect(Collectors.joining(" or "))
                                + ", which the target lacks");
            }
            kind.ifPresent(kinds::add);
        }
        return kinds;
    }

    /// Reports members of groups that are no targets with a process.
    private void groups(YamlMap named, List<Target> targets) {
        for (var target : targets) {
            for (var member :
                    target.facet(GroupFacet.class).map(GroupFacet::members).orElse(List.of())) {
                if (targets.stream().noneMatch(other -> other.name().equals(member) && other.has(Facet.PROCESS))) {
                    named.report(target.name(), "has a member that is no target with a process: `" + member + "`");
                }
            }
        }
    }

    private static Optional<LocalTime> timeOfDay(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
