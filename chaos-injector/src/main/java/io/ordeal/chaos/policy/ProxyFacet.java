package io.ordeal.chaos.policy;

/// A proxy in front of a target.
///
/// @param listen where clients connect; port 0 takes a free one
/// @param upstream where their bytes go; resolved at each connection
public record ProxyFacet(Address listen, Address upstream) {
    public ProxyFacet {
        if (upstream.port() == 0) {
            throw new IllegalArgumentException("upstream needs a port: " + upstream);
        }
    }
}
