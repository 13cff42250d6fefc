package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The nftables commands of one fault: a table that its owner takes along when it ends, with rules that match only
/// while the elements of a timed set live.
///
/// Upstream are packets to the ports of the service, downstream those from them, wherever the service runs; without
/// ports, upstream is what arrives and downstream what leaves. What arrives is dropped on arrival, where the sender's
/// TCP
/// cannot know of it.
///
/// @param shaped the devices whose packets are steered into a class of theirs, with its number for packets upstream;
/// the next number is for those downstream
record Ruleset(String table, Scope scope, TrafficFault fault, Duration limit, Map<String, Integer> shaped) {
    /// The name of a rule's counter: packets that met what the fault does.
    static final String HIT = "hit";
    /// The name of a rule's counter: packets that the fault could have met.
    static final String SEEN = "seen";

    private static final int CHANCES = 10_000;
    /// A packet as the kernel passes it may hold many on the wire: 64 KiB, headers not counted. The bucket of a limit
    /// in
    /// bytes holds what passes in a second and the burst, and must hold one packet.
    private static final long LARGEST_PACKET = 66_000;

    Ruleset {
        shaped = Map.copyOf(shaped);
    }

    /// Returns the commands, in order, that make the table at once when they stand in one line.
    List<String> commands() {
        var commands = new ArrayList<String>();
        commands.add("add table inet " + table + " { flags owner; }");
        commands.add("add set inet " + table + " live { type nf_proto; flags timeout; }");
        commands.add("add element inet %s live { ipv4 timeout %ds, ipv6 timeout %ds }"
                .formatted(table, seconds(), seconds()));
        set(commands, "ports", "inet_service", "", scope.sortedPorts());
        set(commands, "protected", "inet_service", "", List.copyOf(scope.protectedPorts()));
        set(commands, "peers4", "ipv4_addr", " flags interval; auto-merge;", scope.peers(false));
        set(commands, "peers6", "ipv6_addr", " flags interval; auto-merge;", scope.peers(true));
        if (fault instanceof TrafficFault.Bandwidth(var _, var rate, var _, var _)) {
            for (var way : List.of("up", "down")) {
                commands.add("add limit inet %s %s { rate over %d bytes/second burst %d bytes; }"
                        .formatted(table, way, rate, Math.max(1, LARGEST_PACKET - rate)));
            }
        }
        for (var hook : Hook.values()) {
            var rules = rules(hook);
            if (!rules.isEmpty()) {
                commands.add("add chain inet %s %s { type filter hook %s priority %d; policy accept; }"
                        .formatted(table, hook.word(), hook.word(), hook.priority()));
                exempt().forEach(match -> rule(commands, hook, match + " accept"));
                rules.forEach(rule -> rule(commands, hook, rule));
            }
        }
        return commands;
    }

    private long seconds() {
        return Math.max(1, limit.plusMillis(999).toSeconds());
    }

    private void set(List<String> commands, String name, String type, String flags, List<?> elements) {
        if (!elements.isEmpty()) {
            commands.add("add set inet %s %s { type %s;%s }".formatted(table, name, type, flags));
            var listed = elements.stream().map(String::valueOf).collect(Collectors.joining(", "));
            commands.add("add element inet %s %s { %s }".formatted(table, name, listed));
        }
    }

    private void rule(List<String> commands, Hook hook, String text) {
        commands.add("add rule inet %s %s %s".formatted(table, hook.word(), text));
    }

    /// Returns what no rule below may touch: protected ports on either side, and the injector's own connections.
    private List<String> exempt() {
        var exempt = new ArrayList<String>();
        if (!scope.protectedPorts().isEmpty()) {
            exempt.add("th dport @protected");
            exempt.add("th sport @protected");
        }
        for (var address : scope.spared()) {
            var family = address.getAddress() instanceof Inet6Address ? "ip6" : "ip";
            var host = address.getAddress().getHostAddress().replaceFirst("%.*", "");
            exempt.add("%s daddr %s tcp dport %d".formatted(family, host, address.getPort()));
            exempt.add("%s saddr %s tcp sport %d".formatted(family, host, address.getPort()));
        }
        return exempt;
    }

    private List<String> rules(Hook hook) {
        var rules = new ArrayList<String>();
        for (var place : places(hook)) {
            for (boolean upstream : new boolean[] {true, false}) {
                if (place.passes(upstream) && direction().covers(upstream)) {
                    for (var match : matches(place, upstream)) {
                        rules.addAll(act(place, upstream, match));
                    }
                }
            }
        }
        return rules;
    }

    /// Returns where packets of `hook` are met.
    private List<Place> places(Hook hook) {
        var places = new ArrayList<Place>();
        var ports = !scope.ports().isEmpty();
        if (hook == Hook.POSTROUTING) {
            shaped.forEach((device, number) -> places.add(new Place(
                    hook,
                    "oifname \"" + device + "\"",
                    ports || device.equals(Scope.LOOPBACK),
                    true,
                    device.equals(Scope.LOOPBACK),
                    number)));
            return places;
        }
        if (shapes(fault)) {
            return places;
        }
        if (hook == Hook.INPUT && scope.loopback() && !shaped.containsKey(Scope.LOOPBACK)) {
            places.add(new Place(hook, "iifname \"lo\"", true, true, true, 0));
        }
        if (scope.outside() && hook == Hook.INPUT) {
            places.add(new Place(hook, incoming(), true, ports, false, 0));
        }
        if (scope.outside() && hook == Hook.OUTPUT && !unshaped().isEmpty()) {
            places.add(new Place(hook, unshaped(), ports, true, false, 0));
        }
        if (scope.outside() && hook == Hook.FORWARD && scope.device().isPresent()) {
            places.add(new Place(hook, incoming(), true, ports, false, 0));
            if (!unshaped().isEmpty()) {
                places.add(new Place(hook, unshaped(), ports, true, false, 0));
            }
        }
        return places;
    }

    private String incoming() {
        return scope.device().map(device -> "iifname \"" + device + "\"").orElse("iifname != \"lo\"");
    }

    /// Returns the match for what leaves and is not steered into a class; empty: there is nothing.
    private String unshaped() {
        if (scope.device().isPresent()) {
            return shaped.containsKey(scope.device().get())
                    ? ""
                    : "oifname \"" + scope.device().get() + "\"";
        }
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(Scope.LOOPBACK),
                        shaped.keySet().stream().sorted())
                .distinct()
                .map(device -> "oifname != \"" + device + "\"")
                .collect(Collectors.joining(" "));
    }

    private List<String> matches(Place place, boolean upstream) {
        var ports = scope.ports().isEmpty() ? "" : " th " + (upstream ? "dport" : "sport") + " @ports";
        var base = place.devices() + " meta nfproto @live" + ports;
        if (scope.peers().isEmpty()) {
            return List.of(base);
        }
        // On loopback both ends are here: the peer is the client. Elsewhere it is who is not here.
        var end = place.loopback() ? upstream : place.devices().startsWith("iifname");
        var word = end ? "saddr" : "daddr";
        var matches = new ArrayList<String>();
        if (!scope.peers(false).isEmpty()) {
            matches.add(base + " ip " + word + " @peers4");
        }
        if (!scope.peers(true).isEmpty()) {
            matches.add(base + " ip6 " + word + " @peers6");
        }
        return matches;
    }

    private List<String> act(Place place, boolean upstream, String match) {
        var way = upstream ? "up" : "down";
        var hit = "counter%s comment \"" + HIT + " " + way + "\"";
        var seen = match + " counter comment \"" + SEEN + " " + way + "\"";
        if (place.hook() == Hook.POSTROUTING) {
            int number = place.number() + (upstream ? 0 : 1);
            return List.of(match + " meta priority set " + Shaping.classid(number) + " " + hit.formatted(""));
        }
        return switch (fault) {
            case TrafficFault.Loss(var _, var loss, var _, var _) ->
                List.of(seen, match + chance(loss) + " " + hit.formatted(" drop"));
            case TrafficFault.Partition _ -> List.of(match + " " + hit.formatted(" drop"));
            case TrafficFault.Bandwidth _ ->
                List.of(seen, match + " limit name \"" + way + "\" " + hit.formatted(" drop"));
            // A forwarded connection has no socket here that could be destroyed.
            case TrafficFault.Reset _ ->
                List.of(match
                        + (place.hook() == Hook.FORWARD ? " meta l4proto tcp " : opening())
                        + hit.formatted(" reject with tcp reset"));
            case TrafficFault.Refuse _ -> List.of(match + opening() + hit.formatted(" reject with tcp reset"));
            default -> throw new IllegalArgumentException("no rule for " + fault);
        };
    }

    private static String opening() {
        return " tcp flags & (fin | syn | rst | ack) == syn ";
    }

    private static String chance(double part) {
        long chances = Math.round(part * CHANCES);
        return chances >= CHANCES ? "" : " numgen random mod " + CHANCES + " < " + Math.max(1, chances);
    }

    private Direction direction() {
        return switch (fault) {
            case TrafficFault.Loss(var direction, var _, var _, var _) -> direction;
            case TrafficFault.Partition(var direction, var _) -> direction;
            case TrafficFault.Bandwidth(var direction, var _, var _, var _) -> direction;
            case TrafficFault.Latency(var direction, var _, var _, var _, var _) -> direction;
            case TrafficFault.Reset _, TrafficFault.Refuse _ -> Direction.UPSTREAM;
            default -> Direction.BOTH;
        };
    }

    /// Whether `fault` is made by a queueing discipline only.
    static boolean shapes(TrafficFault fault) {
        return fault instanceof TrafficFault.Latency || fault instanceof TrafficFault.OnPackets;
    }

    private enum Hook {
        INPUT(-300),
        OUTPUT(-300),
        FORWARD(-300),
        POSTROUTING(-150);

        private final int priority;

        Hook(int priority) {
            this.priority = priority;
        }

        int priority() {
            return priority;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param devices the match on the device
    /// @param upstream whether packets upstream are met here
    /// @param downstream whether packets downstream are met here
    /// @param number of the class for packets upstream
    private record Place(
            Hook hook, String devices, boolean upstream, boolean downstream, boolean loopback, int number) {
        boolean passes(boolean up) {
            return up ? upstream : downstream;
        }
    }
}
