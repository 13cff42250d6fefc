package io.ordeal.chaos.network;

import io.ordeal.chaos.policy.NetworkFacet;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which packets of a namespace a fault may touch.
///
/// @param device the interface that they pass; empty: every one
/// @param ports of the service; empty: all
/// @param peers addresses or networks on the other side; empty: all
/// @param protectedPorts ports that no fault touches, on either side
/// @param spared what the injector itself talks to
public record Scope(
        Optional<String> device,
        Set<Integer> ports,
        List<String> peers,
        Set<Integer> protectedPorts,
        List<InetSocketAddress> spared) {
    static final String LOOPBACK = "lo";

    public Scope {
        ports = Set.copyOf(ports);
        peers = List.copyOf(peers);
        protectedPorts = Set.copyOf(protectedPorts);
        spared = List.copyOf(spared);
    }

    static Scope of(NetworkFacet facet, Set<Integer> protectedPorts, List<InetSocketAddress> spared) {
        return new Scope(facet.device(), facet.ports(), facet.peers(), protectedPorts, spared);
    }

    /// Whether packets that leave by `name` can be meant.
    boolean covers(String name) {
        return device.map(name::equals).orElse(!name.equals(LOOPBACK) || !ports.isEmpty());
    }

    /// Whether loopback is meant: between processes of one namespace there is no other side unless ports say it.
    boolean loopback() {
        return covers(LOOPBACK);
    }

    /// Whether anything but loopback is meant.
    boolean outside() {
        return device.filter(LOOPBACK::equals).isEmpty();
    }

    List<String> peers(boolean six) {
        return peers.stream().filter(peer -> peer.contains(":") == six).toList();
    }

    List<Integer> sortedPorts() {
        return List.copyOf(new TreeSet<>(ports));
    }
}
