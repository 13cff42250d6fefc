package io.ordeal.chaos.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that may be harmed, with the facets by which it can be touched. What is not a target cannot be touched.
///
/// @param name unique; letters, digits, dot, underscore and dash, at most 64, beginning with a letter or digit
/// @param host whether it is the host that we run on
public record Target(
        String name, Optional<ProxyFacet> proxy, Optional<ProcessFacet> process, boolean host, Allowance allow) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Target {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name for a target: " + name);
        }
        if (proxy.isEmpty() && process.isEmpty() && !host) {
            throw new IllegalArgumentException(name + " has no facet: give proxy, process or host");
        }
    }

    /// Whether `text` can be a target's name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether the target has `facet`.
    public boolean has(FaultKind.Facet facet) {
        return switch (facet) {
            case PROXY -> proxy.isPresent();
            case PROCESS -> process.isPresent();
            case HOST -> host;
        };
    }

    /// Returns the kinds that are both possible and allowed, in the order of [FaultKind].
    public List<FaultKind> kinds() {
        var possible = new ArrayList<FaultKind>();
        for (var kind : FaultKind.values()) {
            if (has(kind.facet()) && allow.kinds().contains(kind)) {
                possible.add(kind);
            }
        }
        return List.copyOf(possible);
    }
}
