package io.ordeal.chaos.network;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The TCP sockets of a namespace that a fault may close, as words for `ss`.
///
/// @param addresses of the device, where the scope has one
record Sockets(Namespace namespace, Scope scope, List<String> addresses) {
    Sockets {
        addresses = List.copyOf(addresses);
    }

    /// Returns the commands that close them, those of the service first: the client is told by a reset then, and
    /// nothing
    /// is left half open.
    List<List<String>> commands() {
        return scope.ports().isEmpty()
                ? List.of(command(""))
                : List.of(command(ports("sport")), command(ports("dport")));
    }

    /// Closes them and returns how many there were.
    int close() {
        int closed = 0;
        for (var command : commands()) {
            var said = Program.run(command);
            if (!said.well()) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said.problem());
            }
            closed += (int) said.out().lines().filter(line -> !line.isBlank()).count();
        }
        return closed;
    }

    private List<String> command(String ports) {
        var conditions = new ArrayList<String>();
        if (!ports.isEmpty()) {
            conditions.add(ports);
        }
        scope.device().ifPresent(_ -> conditions.add(any("src", addresses)));
        if (!scope.peers().isEmpty()) {
            conditions.add(any("dst", scope.peers()));
        }
        if (!scope.loopback()) {
            conditions.add("( not dst 127.0.0.0/8 and not dst [::1] )");
        }
        for (int port : scope.protectedPorts()) {
            conditions.add("( not sport = :%d and not dport = :%d )".formatted(port, port));
        }
        for (var spared : scope.spared()) {
            var host = spared.getAddress().getHostAddress().replaceFirst("%.*", "");
            var shown = spared.getAddress() instanceof Inet6Address ? "[" + host + "]" : host;
            conditions.add("not ( dst %s and dport = :%d )".formatted(shown, spared.getPort()));
            conditions.add("not ( src %s and sport = :%d )".formatted(shown, spared.getPort()));
        }
        var words = new ArrayList<>(List.of("ss", "-K", "-t", "-n", "-H", "state", "connected"));
        if (!conditions.isEmpty()) {
            words.addAll(List.of(String.join(" and ", conditions).split(" ", -1)));
        }
        return namespace.enter(words.toArray(String[]::new));
    }

    private String ports(String side) {
        return scope.sortedPorts().stream()
                .map(port -> side + " = :" + port)
                .collect(Collectors.joining(" or ", "( ", " )"));
    }

    private static String any(String side, List<String> networks) {
        return networks.isEmpty()
                ? "src 0.0.0.0/32" // a device without an address has no sockets
                : networks.stream()
                        .map(network -> side + " " + bracketed(network))
                        .collect(Collectors.joining(" or ", "( ", " )"));
    }

    private static String bracketed(String network) {
        int slash = network.indexOf('/');
        var host = slash < 0 ? network : network.substring(0, slash);
        return host.contains(":") ? "[" + host + "]" + (slash < 0 ? "" : network.substring(slash)) : network;
    }
}
