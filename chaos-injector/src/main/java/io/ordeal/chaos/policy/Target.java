package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that may be harmed, with the facets by which it can be touched. What is not a target cannot be touched.
///
/// @param name unique; letters, digits, dot, underscore and dash, at most 64, beginning with a letter or digit
/// @param facets at least one, none twice
/// @param metrics what it measures of itself; empty: nothing is read
public record Target(String name, List<TargetFacet> facets, Allowance allow, Optional<Metrics> metrics) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Target {
        facets = List.copyOf(facets);
        if (!isName(name)) {
            throw new IllegalArgumentException("no name for a target: " + name);
        }
        if (facets.isEmpty()
                || facets.stream().map(TargetFacet::facet).distinct().count() < facets.size()) {
            throw new IllegalArgumentException(name + " needs at least one facet, and none twice");
        }
    }

    /// Makes one of which no metrics are read.
    public Target(String name, List<TargetFacet> facets, Allowance allow) {
        this(name, facets, allow, Optional.empty());
    }

    /// Whether `text` can be a target's name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether the target has `facet`.
    public boolean has(Facet facet) {
        return facets.stream().anyMatch(own -> own.facet() == facet);
    }

    /// Returns the facet of that type, where the target has it.
    public <T extends TargetFacet> Optional<T> facet(Class<T> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findAny();
    }

    /// Returns the facets of that type by the names of their targets.
    public static <T extends TargetFacet> Map<String, T> facets(List<Target> targets, Class<T> type) {
        var facets = new LinkedHashMap<String, T>();
        targets.forEach(target -> target.facet(type).ifPresent(facet -> facets.put(target.name(), facet)));
        return Collections.unmodifiableMap(facets);
    }

    /// Returns the facets by which `kind` can touch the target, the preferred one first.
    public List<Facet> facetsFor(FaultKind kind) {
        return kind.facets().stream().filter(this::has).toList();
    }

    /// Returns the kinds that are both possible and allowed, in the order of [FaultKind].
    public List<FaultKind> kinds() {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> allow.kinds().contains(kind) && !facetsFor(kind).isEmpty())
                .toList();
    }
}
