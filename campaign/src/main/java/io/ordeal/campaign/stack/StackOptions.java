package io.ordeal.campaign.stack;

import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Limits;
import java.util.List;
import java.util.Optional;

/// What an embedded stack consists of.
///
/// @param partitions of the topics that have one per segment
/// @param sampleService the target name of the sample service; empty: it is not started
/// @param ownPlans whether all plans come from who started it, and may have any variable of the environment
/// @param injector further targets, and the limits of all
public record StackOptions(
        int partitions, Optional<String> sampleService, InjectorConfiguration injector, boolean ownPlans) {
    /// Returns a stack without a sample service or further targets.
    public static StackOptions bare(int partitions) {
        return new StackOptions(
                partitions, Optional.empty(), new InjectorConfiguration(List.of(), Limits.standard()), false);
    }

    /// Returns the same with the sample service as the target `name`.
    public StackOptions withSampleService(String name) {
        return new StackOptions(partitions, Optional.of(name), injector, ownPlans);
    }
}
