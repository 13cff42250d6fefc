package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Packets on this host. At least one of its parts is given, and only packets that fit all of them are touched.
///
/// @param namespace a named network namespace (`ip netns`); empty: the injector's own
/// @param device a network interface there; empty: every one
/// @param ports TCP and UDP ports of the service; empty: all but the protected ones
/// @param peers addresses or networks in CIDR form on the other side; empty: all
public record NetworkFacet(Optional<String> namespace, Optional<String> device, Set<Integer> ports, List<String> peers)
        implements TargetFacet {
    public NetworkFacet {
        ports = Set.copyOf(ports);
        peers = List.copyOf(peers);
    }

    @Override
    public Facet facet() {
        return Facet.NETWORK;
    }
}
