package io.ordeal.chaos.policy;

import io.ordeal.chaos.policy.ProcessFacet.Readiness;
import io.ordeal.schemas.fault.Facet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the facets of a target.
record FacetReader(Set<Integer> protectedPorts, List<Path> protectedPaths) {
    /// The keys of all facets.
    static final List<String> KEYS =
            Arrays.stream(Facet.values()).map(Facet::published).toList();

    private static final String URL = "a URL such as http://127.0.0.1:8080/health";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,14}");
    private static final Pattern NETWORK = Pattern.compile("[0-9A-Fa-f.:]{2,39}(/[0-9]{1,3})?");
    private static final Pattern GPU = Pattern.compile("[0-9]{1,2}|GPU-[0-9a-f-]{36}");
    private static final Pattern ENGINE = Pattern.compile("unix:///[^\\p{Cntrl}]{1,200}|tcp://[^\\p{Cntrl} ]{1,200}");

    /// Returns the facets of `target` that make sense; the others are reported.
    List<TargetFacet> read(YamlMap target) {
        var facets = new ArrayList<TargetFacet>();
        for (var facet : Facet.values()) {
            target.map(facet.published()).flatMap(map -> read(facet, map)).ifPresent(facets::add);
        }
        return facets;
    }

    private Optional<? extends TargetFacet> read(Facet facet, YamlMap map) {
        return switch (facet) {
            case PROXY -> proxy(map);
            case NETWORK -> network(map);
            case PROCESS -> process(map);
            case GROUP -> group(map);
            case CONTAINER -> container(map);
            case CGROUP -> cgroup(map);
            case HOST -> {
                map.onlyKeys();
                yield Optional.of(new HostFacet());
            }
            case DIRECTORY -> directory(map);
            case GPU -> gpu(map);
        };
    }

    private Optional<ProxyFacet> proxy(YamlMap map) {
        map.onlyKeys("listen", "upstream", "toxiproxy", "name");
        if (map.has("toxiproxy")) {
            for (var key : List.of("listen", "upstream")) {
                if (map.has(key)) {
                    map.report(key, "goes with a proxy of ours, not with toxiproxy");
                }
            }
            var api = map.value("toxiproxy", "a URL such as http://127.0.0.1:8474", Values::url);
            var name = map.needed("name", "the name of the proxy at the Toxiproxy server", matching(NAME));
            return api.flatMap(url -> name.map(n -> new ProxyFacet.Remote(url, n)));
        }
        var listen = map.has("listen")
                ? map.value("listen", "an address such as 127.0.0.1:8666", Address::parse)
                : Optional.of(new Address("127.0.0.1", 0));
        var upstream = map.needed(
                "upstream",
                "an address with a port, such as service:8080",
                text -> Address.parse(text).filter(address -> address.port() > 0));
        for (var side : Map.of("listen", listen, "upstream", upstream).entrySet()) {
            side.getValue()
                    .filter(address -> protectedPorts.contains(address.port()))
                    .ifPresent(address -> map.report(side.getKey(), "is a protected port: " + address.port()));
        }
        return listen.flatMap(l -> upstream.map(u -> new ProxyFacet.Own(l, u)));
    }

    private Optional<NetworkFacet> network(YamlMap map) {
        map.onlyKeys("namespace", "device", "ports", "peers");
        var namespace = map.value("namespace", "the name of a network namespace", matching(NAME));
        var device = map.value("device", "the name of a network interface, such as eth0", matching(DEVICE));
        var ports = new HashSet<Integer>();
        for (var text : map.texts("ports")) {
            var port = Values.whole(1, 65535).apply(text);
            port.filter(protectedPorts::contains).ifPresent(p -> map.report("ports", "holds a protected port: " + p));
            port.ifPresentOrElse(
                    ports::add, () -> map.report("ports", "holds no port from 1 to 65535: `" + text + "`"));
        }
        var peers = map.texts("peers");
        peers.stream()
                .filter(peer -> !NETWORK.matcher(peer).matches())
                .forEach(peer -> map.report("peers", "holds no address or network such as 10.0.0.0/8: `" + peer + "`"));
        if (map.keys().isEmpty()) {
            map.report("", "would be the whole host; give a namespace, a device, ports or peers");
        }
        return Optional.of(new NetworkFacet(namespace, device, ports, peers));
    }

    private Optional<ProcessFacet> process(YamlMap map) {
        map.onlyKeys("command", "directory", "environment", "ready", "pid-file", "moments");
        var moments = moments(map);
        if (map.has("pid-file")) {
            for (var key : List.of("command", "directory", "environment", "ready")) {
                if (map.has(key)) {
                    map.report(key, "goes with command, not with pid-file");
                }
            }
            return map.value("pid-file", "a path", Values::path).map(file -> new ProcessFacet.PidFile(file, moments));
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
        var directory = map.value("directory", "a path", Values::path);
        var ready = map.map("ready").flatMap(FacetReader::readiness);
        return Optional.of(new ProcessFacet.Supervised(command, directory, environment, ready, moments));
    }

    private static Optional<Readiness> readiness(YamlMap map) {
        map.onlyKeys("http", "timeout");
        var timeout = map.quantity("timeout", "a time from 1s to 1h", Values.between(1_000, 3_600_000))
                .orElse(Readiness.USUAL);
        return map.needed("http", URL, Values::url).map(url -> new Readiness(url, timeout));
    }

    private static Map<String, Moment> moments(YamlMap process) {
        var moments = new HashMap<String, Moment>();
        process.map("moments").ifPresent(map -> {
            for (var name : map.keys()) {
                if (!Target.isName(name)) {
                    map.report(name, "is no name: letters, digits, dot, underscore and dash, at most 64");
                }
                map.map(name)
                        .flatMap(entry -> moment(entry, process.has("command")))
                        .ifPresent(moment -> moments.put(name, moment));
            }
        });
        return moments;
    }

    private static Optional<Moment> moment(YamlMap map, boolean supervised) {
        map.onlyKeys("http", "file", "output");
        if (map.keys().size() != 1) {
            map.report("", "needs one of http, file and output, each with what it must match");
            return Optional.empty();
        }
        if (map.has("output")) {
            if (!supervised) {
                map.report("output", "is known of a supervised process only; use file");
            }
            return map.value("output", "a regular expression", Values::pattern).map(Moment.Output::new);
        }
        var key = map.has("http") ? "http" : "file";
        return map.map(key).flatMap(looked -> {
            looked.onlyKeys(key.equals("http") ? "url" : "path", "matches");
            var matches = looked.needed("matches", "a regular expression", Values::pattern);
            return key.equals("http")
                    ? looked.needed("url", URL, Values::url)
                            .flatMap(url -> matches.map(pattern -> new Moment.Answer(url, pattern)))
                    : looked.needed("path", "an absolute path", Values::absolutePath)
                            .flatMap(path -> matches.map(pattern -> new Moment.Lines(path, pattern)));
        });
    }

    private static Optional<GroupFacet> group(YamlMap map) {
        map.onlyKeys("members");
        var members = map.texts("members");
        if (members.isEmpty()) {
            map.report("members", "is missing: name the targets that are its members");
        }
        return Optional.of(new GroupFacet(members));
    }

    private static Optional<ContainerFacet> container(YamlMap map) {
        map.onlyKeys("name", "engine");
        var engine = map.value("engine", "such as " + ContainerFacet.USUAL_ENGINE, matching(ENGINE))
                .orElse(ContainerFacet.USUAL_ENGINE);
        return map.needed("name", "the name or id of a container", matching(NAME))
                .map(name -> new ContainerFacet(name, engine));
    }

    private static Optional<CgroupFacet> cgroup(YamlMap map) {
        map.onlyKeys("path");
        return map.needed(
                        "path",
                        "a path below the root of the control groups, such as service/api",
                        text -> Values.path(text.replaceFirst("^/+", ""))
                                .filter(path -> path.equals(path.normalize())
                                        && !path.startsWith("..")
                                        && !path.toString().isEmpty()))
                .map(CgroupFacet::new);
    }

    private Optional<DirectoryFacet> directory(YamlMap map) {
        map.onlyKeys("path", "reserve");
        var reserve = map.quantity("reserve", "a size such as 1GB", quantity -> quantity.bytes())
                .orElse(0L);
        var path = map.needed("path", "an absolute path", Values::absolutePath);
        path.filter(p -> protectedPaths.stream().anyMatch(kept -> p.startsWith(kept) || kept.startsWith(p)))
                .ifPresent(p -> map.report("path", "is in or above a protected path"));
        return path.map(p -> new DirectoryFacet(p, reserve));
    }

    private static Optional<GpuFacet> gpu(YamlMap map) {
        map.onlyKeys("device", "reserve", "library");
        var reserve = map.quantity("reserve", "a size such as 256MB", quantity -> quantity.bytes())
                .orElse(0L);
        var library = map.value("library", "an absolute path", Values::absolutePath);
        return map.needed("device", "a number from 0 or a UUID (GPU-…)", matching(GPU))
                .map(device -> new GpuFacet(device, reserve, library));
    }

    private static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
