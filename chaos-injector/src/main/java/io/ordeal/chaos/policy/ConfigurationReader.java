package io.ordeal.chaos.policy;

import io.ordeal.chaos.policy.ProcessFacet.Readiness;
import io.ordeal.runtime.Problem;
import io.ordeal.schemas.objective.Quantity;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Turns the configuration document into values and lists all that is wrong with it.
final class ConfigurationReader {
    private static final String TIME = "a time such as 30s";
    private static final String RATIO = "a part such as 50%, above 0 and up to 100%";

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
        root.onlyKeys("limits", "protected-ports", "targets");
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
        });
        return problems.isEmpty() ? Optional.of(new InjectorConfiguration(targets, limits)) : Optional.empty();
    }

    private Limits limits(YamlMap root) {
        var ports = new HashSet<Integer>();
        for (var text : root.texts("protected-ports")) {
            var port = whole(text).filter(p -> p > 0 && p <= 65535);
            port.ifPresentOrElse(
                    ports::add, () -> root.report("protected-ports", "holds no port from 1 to 65535: `" + text + "`"));
        }
        var usual = Limits.standard();
        var map = root.map("limits");
        if (map.isEmpty()) {
            return new Limits(usual.maxDuration(), usual.faultsAtOnce(), usual.lease(), ports);
        }
        var limits = map.get();
        limits.onlyKeys("max-duration", "faults-at-once", "lease");
        return new Limits(
                limits.quantity("max-duration", "a time above 0, at most 24h", between(1, Limits.CEILING.toMillis()))
                        .orElse(usual.maxDuration()),
                limits.value(
                                "faults-at-once",
                                "a whole number from 1 to 1000",
                                text -> whole(text).filter(n -> n >= 1 && n <= 1000))
                        .orElse(usual.faultsAtOnce()),
                limits.quantity("lease", "a time from 2s to 1h", between(2_000, 3_600_000))
                        .orElse(usual.lease()),
                ports);
    }

    private Optional<Target> target(YamlMap targets, String name, Limits limits) {
        if (!Target.isName(name)) {
            targets.report(name, "is no name: letters, digits, dot, underscore and dash, at most 64");
        }
        int before = problems.size();
        var map = targets.map(name).orElseThrow();
        map.onlyKeys("proxy", "process", "host", "allow");
        var proxy = map.map("proxy").flatMap(facet -> proxy(facet, limits.protectedPorts()));
        var process = map.map("process").flatMap(this::process);
        map.map("host").ifPresent(host -> host.onlyKeys());
        if (!map.has("proxy") && !map.has("process") && !map.has("host")) {
            targets.report(name, "has no facet: give proxy, process or host");
        }
        var allow = map.map("allow").map(a -> allowance(a, map, limits)).orElse(Allowance.everything(limits));
        return problems.size() > before || !Target.isName(name)
                ? Optional.empty()
                : Optional.of(new Target(name, proxy, process, map.has("host"), allow));
    }

    private Optional<ProxyFacet> proxy(YamlMap map, Set<Integer> protectedPorts) {
        map.onlyKeys("listen", "upstream");
        var listen = map.has("listen")
                ? map.value("listen", "an address such as 127.0.0.1:8666", Address::parse)
                : Optional.of(new Address("127.0.0.1", 0));
        var upstream = map.value(
                "upstream",
                "an address with a port, such as service:8080",
                text -> Address.parse(text).filter(address -> address.port() > 0));
        if (!map.has("upstream")) {
            map.report("upstream", "is missing: say where the bytes go");
        }
        listen.filter(address -> protectedPorts.contains(address.port()))
                .ifPresent(address -> map.report("listen", "is a protected port: " + address.port()));
        upstream.filter(address -> protectedPorts.contains(address.port()))
                .ifPresent(address -> map.report("upstream", "is a protected port: " + address.port()));
        return listen.flatMap(l -> upstream.map(u -> new ProxyFacet(l, u)));
    }

    private Optional<ProcessFacet> process(YamlMap map) {
        map.onlyKeys("command", "directory", "environment", "ready", "pid-file");
        if (map.has("pid-file")) {
            for (var key : List.of("command", "directory", "environment", "ready")) {
                if (map.has(key)) {
                    map.report(key, "goes with command, not with pid-file");
                }
            }
            return map.value("pid-file", "a path", ConfigurationReader::path).map(ProcessFacet.PidFile::new);
        }
        var command = map.texts("command");
        if (command.isEmpty() || command.getFirst().isBlank()) {
            map.report("command", "is missing: give a command (a list) or a pid-file");
            return Optional.empty();
        }
        var environment = new HashMap<String, String>();
        map.map("environment").ifPresent(variables -> {
            for (var key : variables.keys()) {
                variables.text(key).ifPresent(value -> environment.put(key, value));
            }
        });
        var directory = map.value("directory", "a path", ConfigurationReader::path);
        var ready = map.map("ready").flatMap(this::readiness);
        return Optional.of(new ProcessFacet.Supervised(command, directory, Map.copyOf(environment), ready));
    }

    private Optional<Readiness> readiness(YamlMap map) {
        map.onlyKeys("http", "timeout");
        var timeout = map.quantity("timeout", "a time from 1s to 1h", between(1_000, 3_600_000))
                .orElse(Readiness.USUAL);
        var url = map.value("http", "a URL such as http://127.0.0.1:8080/health", ConfigurationReader::url);
        if (!map.has("http")) {
            map.report("http", "is missing: give the URL that answers when the process serves");
        }
        return url.map(u -> new Readiness(u, timeout));
    }

    private Allowance allowance(YamlMap map, YamlMap target, Limits limits) {
        map.onlyKeys("kinds", "max-duration", "max-latency", "min-rate", "max-fraction", "max-load", "max-cores");
        var all = Allowance.everything(limits);
        long longest = limits.maxDuration().toMillis();
        return new Allowance(
                map.has("kinds") ? kinds(map, target) : all.kinds(),
                map.quantity("max-duration", "a time above 0, at most limits.max-duration", between(1, longest))
                        .orElse(all.maxDuration()),
                map.quantity("max-latency", TIME + ", at most 1h", between(1, 3_600_000))
                        .orElse(all.maxLatency()),
                map.quantity(
                                "min-rate",
                                "a rate such as 1KB/s",
                                q -> q.bytesPerSecond().filter(rate -> rate >= 1))
                        .orElse(all.minRate()),
                map.quantity("max-fraction", RATIO, ConfigurationReader::part).orElse(all.maxFraction()),
                map.quantity("max-load", RATIO, ConfigurationReader::part)
                        .map(part -> part * 100)
                        .orElse(all.maxLoad()),
                map.value(
                                "max-cores",
                                "a whole number above 0",
                                text -> whole(text).filter(n -> n > 0))
                        .orElse(all.maxCores()));
    }

    private Set<FaultKind> kinds(YamlMap map, YamlMap target) {
        var kinds = EnumSet.noneOf(FaultKind.class);
        for (var name : map.texts("kinds")) {
            var kind = FaultKind.named(name);
            if (kind.isEmpty()) {
                map.report("kinds", "holds an unknown kind `" + name + "`; known are " + FaultKind.all());
            } else if (!target.has(kind.get().facet().published())) {
                map.report(
                        "kinds",
                        name + " needs the facet " + kind.get().facet().published() + ", which the target lacks");
            }
            kind.ifPresent(kinds::add);
        }
        return kinds;
    }

    private static Function<Quantity, Optional<Duration>> between(long leastMillis, long mostMillis) {
        return quantity -> quantity.duration()
                .filter(d -> d.toMillis() >= leastMillis && d.compareTo(Duration.ofMillis(mostMillis)) <= 0);
    }

    private static Optional<Double> part(Quantity quantity) {
        return quantity.ratio().filter(part -> part > 0 && part <= 1);
    }

    private static Optional<Integer> whole(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<URI> url(String text) {
        try {
            var url = URI.create(text);
            return "http".equals(url.getScheme()) && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
