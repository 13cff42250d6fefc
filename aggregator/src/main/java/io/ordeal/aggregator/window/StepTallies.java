package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.resources.StepLine;
import io.ordeal.aggregator.resources.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What requests said from step to step of time, for growth and trends. Only the step under way has more than its
/// values, and there are about 1,000 steps at most.
final class StepTallies {
    private final String run;
    private final Plan plan;
    private final Shelf shelf;
    private final long length;
    private final List<StepLine> lines;
    private final List<TreeMap<Long, StepPart>> steps = new ArrayList<>();

    StepTallies(String run, Plan plan, Shelf shelf) {
        this.run = run;
        this.plan = plan;
        this.shelf = shelf;
        this.length = Steps.length(plan);
        this.lines = StepLine.of(plan);
        lines.forEach(_ -> steps.add(new TreeMap<>()));
    }

    /// Adds a window; they come in order of time.
    void settle(RunWindow window, Facts facts) {
        for (int line = 0; line < lines.size(); line++) {
            var objective = lines.get(line).of();
            var step = spend(line, window, facts);
            if (step.isEmpty()) {
                continue;
            }
            window.tallies().forEach((series, tally) -> {
                if (plan.inPhase(objective, series.phase()) && plan.ofRequest(objective, series.request())) {
                    step.get().tally().add(tally);
                }
            });
            shelf.changed(step.get());
        }
    }

    /// Spends the time of a window in a step, if any of it is in scope; returns that step.
    private Optional<StepPart> spend(int line, RunWindow window, Facts facts) {
        var objective = lines.get(line).of();
        long start = window.start();
        endBefore(line, Steps.start(start, length));
        if (!Plan.covers(objective.scope().interval(), facts, start, window.from(), window.end())) {
            return Optional.empty();
        }
        int main = window.mainPhase();
        long time = 0;
        for (int phase = 0; phase < plan.source().phases().size(); phase++) {
            time += plan.inPhase(objective, phase) ? plan.time(facts, phase, start, window.end(), main) : 0;
        }
        var step = step(line, Steps.start(start, length));
        step.spend(time, plan.inPhase(objective, main) ? window.load().dropped() : 0);
        return Optional.of(step);
    }

    private StepPart step(int line, long start) {
        return steps.get(line).computeIfAbsent(start, each -> new StepPart(run, line, each));
    }

    private void endBefore(int line, long start) {
        var last = steps.get(line).lastEntry();
        if (last != null && last.getKey() < start && !last.getValue().over()) {
            end(line, last.getValue());
        }
    }

    private void end(int line, StepPart step) {
        if (step.end(lines.get(line), length)) {
            shelf.changed(step);
        } else {
            steps.get(line).remove(step.start());
            shelf.dropped(step);
        }
    }

    /// Returns the points of each measure of each line; nothing comes after that.
    List<List<List<Steps.Point>>> points() {
        var points = new ArrayList<List<List<Steps.Point>>>();
        for (int line = 0; line < lines.size(); line++) {
            endBefore(line, Long.MAX_VALUE);
            var ofLine = new ArrayList<List<Steps.Point>>();
            for (int i = 0; i < lines.get(line).measures().size(); i++) {
                int measure = i;
                ofLine.add(steps.get(line).values().stream()
                        .map(step -> new Steps.Point(step.start(), step.value(measure)))
                        .toList());
            }
            points.add(ofLine);
        }
        return points;
    }

    /// Drops every part of it.
    void drop() {
        steps.forEach(line -> line.values().forEach(shelf::dropped));
    }

    void read(int line, long start, ByteReader in) {
        if (line < lines.size()) {
            step(line, start).read(in);
        }
    }
}
