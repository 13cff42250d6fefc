package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.Marked;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/// Makes faults on the packets of any namespace.
public final class Packets {
    /// The kernel ends a fault by itself so long after it should have ended.
    private static final Duration BEYOND = Duration.ofSeconds(2);

    private static final int CLASSES = 0xfff0;
    private static final double LEAST_LOSS = 0.0001;
    /// Where nothing listens: a refusal is an answer.
    private static final int DISCARD = 9;

    private final NetworkMeans means;
    private final InstantSource clock;

    /// @param means what this host can do
    public Packets(NetworkMeans means, InstantSource clock) {
        this.means = means;
        this.clock = clock;
    }

    /// Returns what this host can do.
    public NetworkMeans means() {
        return means;
    }

    /// Prepares what `plan` asks for on the packets of `namespace` that are within `scope`; changes nothing.
    ///
    /// @throws InjectionFailed when they cannot be touched so
    public Injection prepare(FaultPlan plan, Namespace namespace, Scope scope) throws InjectionFailed {
        if (!(plan.fault() instanceof TrafficFault fault)) {
            throw new InjectionFailed("there is no " + plan.kind() + " of a network");
        }
        try {
            check(namespace, scope, fault);
            var links = new Links(namespace);
            var classes = classes(namespace, scope, fault, links);
            var shaped = new TreeMap<String, Integer>();
            var shapings = new ArrayList<Shaping>();
            for (var entry : classes.entrySet()) {
                shaped.put(entry.getKey(), entry.getValue());
                shapings.add(new Shaping(namespace, entry.getKey(), entry.getValue()));
                shapings.add(new Shaping(namespace, entry.getKey(), entry.getValue() + 1));
            }
            var mark = Marked.mark();
            var table = "ordeal_" + plan.key().id().replaceAll("[^A-Za-z0-9]", "_") + "_" + mark.substring(0, 8);
            var rules = new Ruleset(table, scope, fault, plan.duration().plus(BEYOND), shaped);
            var sockets = fault instanceof TrafficFault.Reset
                    ? Optional.of(new Sockets(namespace, scope, addresses(scope, links)))
                    : Optional.<Sockets>empty();
            return new PacketInjection(
                    new PacketInjection.Plan(namespace, fault, rules, mark, shapings, sockets),
                    probes(namespace, scope, links),
                    clock);
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the network cannot be looked at", e);
        }
    }

    private static void check(Namespace namespace, Scope scope, TrafficFault fault) throws InjectionFailed {
        if (!namespace.present()) {
            throw new InjectionFailed("the network namespace is not there: " + String.join(" ", namespace.words()));
        }
        if (scope.device().isPresent()
                && !new Links(namespace).has(scope.device().get())) {
            throw new InjectionFailed("there is no interface " + scope.device().get());
        }
        if (scope.device().filter(Scope.LOOPBACK::equals).isPresent()
                && scope.ports().isEmpty()
                && directed(fault)) {
            throw new InjectionFailed("on lo, only ports tell upstream from downstream");
        }
        for (var peer : scope.peers()) {
            try {
                address(peer.replaceFirst("/.*", ""), DISCARD);
            } catch (IllegalArgumentException _) {
                throw new InjectionFailed("a peer is no address: " + peer);
            }
        }
        if (fault instanceof TrafficFault.Loss(var _, var loss, var _, var _) && loss < LEAST_LOSS) {
            throw new InjectionFailed("a loss of packets is at least 0.01%");
        }
    }

    private static boolean directed(TrafficFault fault) {
        return switch (fault) {
            case TrafficFault.Loss(var direction, var _, var _, var _) -> direction != Direction.BOTH;
            case TrafficFault.Partition(var direction, var _) -> direction != Direction.BOTH;
            case TrafficFault.Bandwidth(var direction, var _, var _, var _) -> direction != Direction.BOTH;
            case TrafficFault.Latency(var direction, var _, var _, var _, var _) -> direction != Direction.BOTH;
            default -> false;
        };
    }

    /// Returns the devices on which the fault queues packets, each with the number of a class that is free.
    private Map<String, Integer> classes(Namespace namespace, Scope scope, TrafficFault fault, Links links)
            throws InjectionFailed {
        boolean needed = Ruleset.shapes(fault);
        // The devices of the host itself are left alone unless one is named.
        boolean wanted = fault instanceof TrafficFault.Bandwidth
                && means.htb().isEmpty()
                && (scope.device().isPresent() || !(namespace instanceof Namespace.Own));
        var classes = new TreeMap<String, Integer>();
        if (!needed && !wanted) {
            return classes;
        }
        if (needed && namespace instanceof Namespace.Own && scope.device().isEmpty()) {
            throw new InjectionFailed("name the device: those of the host are not all to be changed");
        }
        var refused = new ArrayList<String>();
        for (var device : scope.device().map(List::of).orElseGet(links::up)) {
            if (scope.covers(device)) {
                var root = Shaping.root(namespace, device);
                if (Shaping.free(root)) {
                    classes.put(device, ThreadLocalRandom.current().nextInt(1, CLASSES));
                } else {
                    refused.add(device + " has " + root);
                }
            }
        }
        if (needed && !refused.isEmpty()) {
            throw new InjectionFailed("a queueing discipline that is not ours would be lost: " + refused);
        }
        return classes;
    }

    private static List<String> addresses(Scope scope, Links links) {
        return scope.device().map(links::addresses).orElse(List.of());
    }

    /// Returns connections that would meet the fault, where something answers.
    private static List<NetProbe> probes(Namespace namespace, Scope scope, Links links) {
        var probes = new ArrayList<NetProbe>();
        int port = scope.sortedPorts().stream().findFirst().orElse(DISCARD);
        if (scope.loopback() && scope.peers().isEmpty()) {
            probes.add(new NetProbe(namespace, address("127.0.0.1", port)));
            probes.add(new NetProbe(namespace, address("::1", port)));
        }
        if (scope.outside() && !(namespace instanceof Namespace.Own)) {
            links.up().stream()
                    .filter(device -> !device.equals(Scope.LOOPBACK) && scope.covers(device))
                    .flatMap(device -> links.addresses(device).stream())
                    .limit(4)
                    .forEach(address -> probes.add(new NetProbe(new Namespace.Own(), address(address, port))));
        }
        if (scope.outside() && !scope.ports().isEmpty()) {
            scope.peers().stream()
                    .filter(peer -> !peer.contains("/"))
                    .limit(4)
                    .forEach(peer -> probes.add(new NetProbe(namespace, address(peer, port))));
        }
        return probes;
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }
}
