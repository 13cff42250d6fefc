package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The loads of a run, side by side: that of its mix, unless every scenario has a load of its own, and those of the
/// scenarios that have.
///
/// @param loads at least one
public record Streams(List<Load> loads) {
    public Streams {
        loads = List.copyOf(loads);
    }

    /// One load.
    ///
    /// @param scenario whose own it is; empty: that of the mix
    /// @param scenarios the places in the plan of the scenarios that it drives
    public record Load(Optional<String> scenario, List<Integer> scenarios, Timeline timeline) {
        public Load {
            scenarios = List.copyOf(scenarios);
        }
    }

    /// Returns the loads of `plan`.
    public static Streams of(SegmentPlan plan) {
        var seed = new Seed(plan.seed());
        var loads = new ArrayList<Load>();
        var mix = IntStream.range(0, plan.scenarios().size())
                .filter(place -> plan.scenarios().get(place).load().isEmpty())
                .boxed()
                .toList();
        if (!mix.isEmpty()) {
            loads.add(new Load(Optional.empty(), mix, Timeline.of(plan.phases(), 0, seed)));
        }
        for (int place = 0; place < plan.scenarios().size(); place++) {
            var scenario = plan.scenarios().get(place);
            if (!scenario.load().isEmpty()) {
                loads.add(own(scenario, place, seed(seed, loads.size())));
            }
        }
        return new Streams(loads);
    }

    private static Load own(Scenario scenario, int place, Seed seed) {
        return new Load(
                Optional.of(scenario.name()),
                List.of(place),
                Timeline.of(scenario.load(), scenario.start().toNanos(), seed));
    }

    /// Returns the seed of the load at `place` in a run of seed `run`: no two loads make the same choices.
    public static Seed seed(Seed run, int place) {
        return place == 0 ? run : run.part(-place);
    }

    /// Returns when the last load ends, nanoseconds from the start of the run.
    public long end() {
        return loads.stream().mapToLong(load -> load.timeline().end()).max().orElse(0);
    }

    /// Returns the load of `scenario`, or of the mix.
    public Optional<Load> of(Optional<String> scenario) {
        return loads.stream().filter(load -> load.scenario().equals(scenario)).findFirst();
    }

    /// Returns the names of the scenarios with loads of their own, in words.
    public String own() {
        return loads.stream()
                .flatMap(load -> load.scenario().stream())
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }

    /// Returns these loads with another timeline for `load`.
    public Streams with(Load load, Timeline timeline) {
        return new Streams(loads.stream()
                .map(one -> one.scenario().equals(load.scenario())
                        ? new Load(load.scenario(), load.scenarios(), timeline)
                        : one)
                .toList());
    }
}
