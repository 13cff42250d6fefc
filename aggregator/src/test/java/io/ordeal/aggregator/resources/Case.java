package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.ResourceFindings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RunObjectives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;

/// A run with samples, to be judged: windows of a second, 10 s of warm-up, then `steady`. Instants are seconds after
/// the
/// start of the load.
final class Case {
    static final long START = 1_700_000_000L;

    private final Facts facts = new Facts();
    private final TreeMap<Gauge, Samples> recording = new TreeMap<>();
    private final Plan plan;
    private final List<List<List<Steps.Point>>> requests = new ArrayList<>();

    Case(long seconds, String... objectives) {
        this.plan = new Plan(new RunObjectives(
                "r",
                "c",
                Duration.ofSeconds(1),
                1,
                List.of(
                        new PhaseInfo("warm-up", false, Duration.ZERO, Duration.ofSeconds(10)),
                        new PhaseInfo("steady", true, Duration.ofSeconds(10), Duration.ofSeconds(seconds - 10))),
                List.of(),
                Arrays.stream(objectives)
                        .map(each -> new ObjectiveSpec(each, each))
                        .toList(),
                List.of()));
        happened(0, new LifecycleEvent.PhaseStarted("warm-up", 0));
        for (var line : StepLine.of(plan)) {
            requests.add(line.measures().stream()
                    .map(_ -> (List<Steps.Point>) new ArrayList<Steps.Point>())
                    .toList());
        }
    }

    Case happened(double at, LifecycleEvent.Event event) {
        facts.accept(new LifecycleEvent("r", Micros.instant(micros(at)), "test", event));
        return this;
    }

    Case fault(String id, double acted, double ended) {
        happened(acted, new LifecycleEvent.FaultApplied(id, "latency", "api", Micros.instant(micros(acted)), Map.of()));
        return happened(ended, new LifecycleEvent.FaultReverted(id, "latency", "api", RevertCause.ELAPSED, Map.of()));
    }

    /// Adds a sample each second from `from` to just before `to`.
    Case reading(String process, String reading, long from, long to, LongToDoubleFunction value) {
        var collector = new Samples.Collector();
        for (long at = from; at < to; at++) {
            collector.add(micros((double) at), value.applyAsDouble(at));
        }
        recording.put(new Gauge("host", process, reading), collector.samples());
        return this;
    }

    /// Adds points of the only measure of the line after that of the trends.
    Case points(int count, LongToDoubleFunction value) {
        for (long i = 0; i < count; i++) {
            requests.get(1).getFirst().add(new Steps.Point(micros(10.0 + i), value.applyAsDouble(i)));
        }
        return this;
    }

    static long micros(double at) {
        return START * 1_000_000 + Math.round(at * 1e6);
    }

    ResourceFindings judged() {
        return judged(false);
    }

    ResourceFindings judged(boolean saturated) {
        var kept = new Recording() {
            @Override
            public List<Gauge> gauges() {
                return List.copyOf(recording.keySet());
            }

            @Override
            public Samples samples(Gauge gauge) {
                return recording.getOrDefault(gauge, Samples.NONE);
            }
        };
        return ResourceJudge.judge(plan, facts, kept, new ResourceJudge.Evidence(requests, saturated, 0));
    }

    /// Returns the answer to the first objective.
    Answer answer() {
        return answer(0, false);
    }

    /// Returns the answer to an objective.
    ///
    /// @param saturated whether the generators could not keep their schedule
    Answer answer(int objective, boolean saturated) {
        return Optional.ofNullable(judged(saturated).answers().get(objective)).orElseThrow();
    }
}
