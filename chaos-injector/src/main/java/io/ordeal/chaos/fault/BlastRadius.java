package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.GroupFacet;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.fault.Facet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How much may be under fault at once, what does not go together, and when nothing may be.
record BlastRadius(InjectorConfiguration configuration) {

    /// Adds to `reasons` what stands against `spec` at `now` beside the faults in force.
    ///
    /// @param plan what the specification means, where it means something
    void examine(
            FaultSpec spec, Optional<FaultPlan> plan, Instant now, Collection<FaultPlan> live, List<String> reasons) {
        var limits = configuration.limits();
        if (live.size() >= limits.faultsAtOnce()) {
            reasons.add(live.size() + " faults are in force; at most " + limits.faultsAtOnce() + " may be at once");
        }
        var targets = Stream.concat(live.stream().map(FaultPlan::target), Stream.of(spec.target()))
                .flatMap(target -> touched(target).stream())
                .collect(Collectors.toSet());
        if (targets.size() > limits.targetsAtOnce()) {
            reasons.add(targets.size() + " targets would be under fault; at most " + limits.targetsAtOnce()
                    + " may be at once");
        }
        if (spec.duration().isPositive()
                && limits.quietHours().stream().anyMatch(quiet -> quiet.overlap(now, now.plus(spec.duration())))) {
            reasons.add("it would fall into quiet hours");
        }
        plan.ifPresent(asked -> live.stream()
                .filter(other -> collide(asked, other))
                .forEach(other -> reasons.add(asked.kind() + " cannot be combined with " + other.kind() + " "
                        + other.key().id() + " on " + other.target())));
    }

    private boolean collide(FaultPlan one, FaultPlan other) {
        return level(one.facet()) == level(other.facet())
                && one.fault().kind().collides(other.fault().kind())
                && meet(one, other);
    }

    /// There is one host, whatever the target is called; a group is its members.
    private boolean meet(FaultPlan one, FaultPlan other) {
        if (one.facet() == Facet.HOST) {
            return true;
        }
        var both = new HashSet<>(touched(one.target()));
        both.retainAll(touched(other.target()));
        return !both.isEmpty();
    }

    private Set<String> touched(String name) {
        return configuration
                .target(name)
                .flatMap(target -> target.facet(GroupFacet.class))
                .map(group -> Set.copyOf(group.members()))
                .orElse(Set.of(name));
    }

    /// A process is touched alike alone and in a group.
    private static Facet level(Facet facet) {
        return facet == Facet.GROUP ? Facet.PROCESS : facet;
    }
}
