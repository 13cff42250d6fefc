package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.net.URI;

/// A proxy in front of a target.
public sealed interface ProxyFacet extends TargetFacet {
    @Override
    default Facet facet() {
        return Facet.PROXY;
    }

    /// A proxy that the injector runs.
    ///
    /// @param listen where clients connect; port 0 takes a free one
    /// @param upstream where their bytes go; resolved at each connection
    record Own(Address listen, Address upstream) implements ProxyFacet {
        public Own {
            if (upstream.port() == 0) {
                throw new IllegalArgumentException("upstream needs a port: " + upstream);
            }
        }
    }

    /// A proxy of a Toxiproxy server that somebody else runs.
    ///
    /// @param api where its HTTP API answers
    /// @param name of the proxy there
    record Remote(URI api, String name) implements ProxyFacet {}
}
