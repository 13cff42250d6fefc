package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Judge;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.ResourceFindings;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.aggregator.resources.FourDigits;
import io.ordeal.aggregator.resources.Gauge;
import io.ordeal.aggregator.resources.Recording;
import io.ordeal.aggregator.resources.ResourceJudge;
import io.ordeal.aggregator.resources.Samples;
import io.ordeal.aggregator.resources.StepLine;
import io.ordeal.aggregator.resources.Steps;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What samples and points over time say of a finished run, computed from all of them at once.
final class RecomputedResources {
    private static final long MOST = 512;

    private final Plan plan;
    private final Facts facts;
    private final NavigableMap<Long, RunWindow> windows;
    private final Map<Gauge, TreeMap<Long, Double>> gauges = new LinkedHashMap<>();
    private long refused;

    private RecomputedResources(Plan plan, Facts facts, NavigableMap<Long, RunWindow> windows) {
        this.plan = plan;
        this.facts = facts;
        this.windows = windows;
    }

    static ResourceFindings of(
            Plan plan,
            Facts facts,
            NavigableMap<Long, RunWindow> windows,
            List<ResourceSample> samples,
            boolean saturated) {
        var all = new RecomputedResources(plan, facts, windows);
        long from = facts.startedAt().orElse(Long.MAX_VALUE);
        long to = facts.finish()
                .map(finish -> finish.at() - 3_000_000)
                .orElse(
                        windows.isEmpty()
                                ? from
                                : windows.lastEntry().getValue().end());
        samples.stream()
                .filter(sample -> Micros.of(sample.at()) >= from && Micros.of(sample.at()) <= to)
                .forEach(all::add);
        return ResourceJudge.judge(
                plan, facts, all.recording(), new ResourceJudge.Evidence(all.points(), saturated, all.refused));
    }

    private void add(ResourceSample sample) {
        new TreeMap<>(sample.values()).forEach((reading, value) -> {
            var gauge = new Gauge(sample.host(), sample.process(), reading);
            if (!Double.isFinite(value)) {
                return;
            }
            if (gauges.size() == MOST && !gauges.containsKey(gauge)) {
                refused++;
                return;
            }
            gauges.computeIfAbsent(gauge, _ -> new TreeMap<>())
                    .putIfAbsent(Micros.of(sample.at()), FourDigits.value(FourDigits.code(value)));
        });
    }

    private Recording recording() {
        return new Recording() {
            @Override
            public List<Gauge> gauges() {
                return gauges.keySet().stream().sorted().toList();
            }

            @Override
            public Samples samples(Gauge gauge) {
                var samples = gauges.getOrDefault(gauge, new TreeMap<>());
                return new Samples(
                        samples.keySet().stream().mapToLong(Long::longValue).toArray(),
                        samples.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
            }
        };
    }

    private List<List<List<Steps.Point>>> points() {
        var points = new ArrayList<List<List<Steps.Point>>>();
        for (var line : StepLine.of(plan)) {
            var ofLine = new ArrayList<List<Steps.Point>>();
            line.measures().forEach(_ -> ofLine.add(new ArrayList<>()));
            long length = Steps.length(plan);
            long first = windows.isEmpty() ? 0 : Steps.start(windows.firstKey(), length);
            for (long start = first; !windows.isEmpty() && start <= windows.lastKey(); start += length) {
                step(line, start, start + length, ofLine);
            }
            points.add(ofLine);
        }
        return points;
    }

    private void step(StepLine line, long start, long end, List<List<Steps.Point>> points) {
        var tally = new Tally();
        long time = 0;
        long dropped = 0;
        for (long at = Math.max(start, windows.firstKey()); at < end && at <= windows.lastKey(); at += plan.window()) {
            var window = windows.getOrDefault(at, new RunWindow(at, at + plan.window()));
            if (Plan.covers(line.of().scope().interval(), facts, at, window.from(), window.end())) {
                for (int phase = 0; phase < plan.source().phases().size(); phase++) {
                    time += plan.inPhase(line.of(), phase)
                            ? plan.time(facts, phase, at, window.end(), window.mainPhase())
                            : 0;
                }
                dropped += plan.inPhase(line.of(), window.mainPhase())
                        ? window.load().dropped()
                        : 0;
                tally.add(window.sum(
                        phase -> plan.inPhase(line.of(), phase), request -> plan.ofRequest(line.of(), request)));
            }
        }
        if (tally.count() == 0 || time < end - start - 1) {
            return;
        }
        boolean all = line.of().of().isEmpty();
        var evidence = new Evidence(tally, all ? dropped : 0, all ? 0 : dropped, time / 1e6, false, false);
        for (int i = 0; i < points.size(); i++) {
            var value = Judge.observed(line.measures().get(i), evidence).orElseThrow();
            points.get(i).add(new Steps.Point(start, value));
        }
    }
}
