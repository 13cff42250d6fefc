package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunRecord;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Selection;
import io.ordeal.aggregator.judge.StepSum;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.aggregator.judge.WindowJudge;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The windows of a run added up, apart by the intervals that objectives tell apart.
///
/// Its size grows with kinds of requests and intervals, not with time: windows that lie in the same intervals share
/// one total, so the evidence for any objective is an exact sum of totals.
final class Settlement extends Part {
    private static final long NEVER = Long.MIN_VALUE;

    private final String run;
    private final Plan plan;
    private final Shelf shelf;
    private final List<Scope.Interval> intervals;
    private final Map<Total.Slice, Total> totals = new HashMap<>();
    private final Map<StepSum.Place, StepTotal> steps = new TreeMap<>();
    private final Spans spans = new Spans();
    private final List<Score> scores = new ArrayList<>();
    private final StepTallies growth;
    private long settledThrough = NEVER;

    Settlement(String run, Plan plan, Shelf shelf) {
        super(Keys.of(run, Run.SETTLEMENT));
        this.run = run;
        this.plan = plan;
        this.shelf = shelf;
        this.intervals = plan.windowAims().stream()
                .map(aim -> aim.objective().orElseThrow().scope().interval())
                .distinct()
                .limit(Long.SIZE - 1)
                .toList();
        plan.aims()
                .forEach(aim -> scores.add(
                        new Score(aim.objective().map(Objective::comparison).orElse(Comparison.LESS))));
        this.growth = new StepTallies(run, plan, shelf);
    }

    /// Adds a closed window, and the time since the one before, in which nothing was due.
    void settle(RunWindow window, Facts facts) {
        if (settledThrough != NEVER) {
            for (long start = settledThrough; start < window.start(); start += plan.window()) {
                long end = start + plan.window();
                spend(start, start, end, facts, -1, 0);
                step(facts, start, end).ifPresent(step -> step.sum().idle(plan.window()));
                growth.settle(new RunWindow(start, end), facts);
            }
        }
        long lies = spend(
                window.start(),
                window.from(),
                window.end(),
                facts,
                window.mainPhase(),
                window.load().dropped());
        window.tallies().forEach((series, tally) -> {
            var total = total(new Total.Slice(series.phase(), series.request(), lies));
            total.tally().add(tally);
            shelf.changed(total);
        });
        step(facts, window.start(), window.end()).ifPresent(step -> step.sum().add(window));
        var judge = new WindowJudge(window, plan, facts);
        for (int i = 0; i < scores.size(); i++) {
            var objective = plan.aims().get(i).objective();
            if (objective.isPresent() && Plan.ofWindows(objective.get().measure())) {
                var score = scores.get(i);
                judge.finding(objective.get()).ifPresent(finding -> score.add(window.start(), finding));
            }
        }
        growth.settle(window, facts);
        settledThrough = window.end();
        shelf.changed(this);
    }

    /// Spends the time of a window on its phases; returns the intervals that it lies in.
    private long spend(long start, long from, long end, Facts facts, int main, long dropped) {
        long lies = 0;
        for (int i = 0; i < intervals.size(); i++) {
            lies |= Plan.covers(intervals.get(i), facts, start, from, end) ? 1L << i : 0;
        }
        for (int phase = 0; phase < plan.source().phases().size(); phase++) {
            long time = plan.time(facts, phase, start, end, main);
            spans.add(phase, lies, new Spans.Span(time, phase == main ? dropped : 0));
        }
        return lies;
    }

    /// Returns the step that the time lies in as a whole, to be added to.
    private Optional<StepTotal> step(Facts facts, long start, long end) {
        var step = plan.step(facts, start, end).map(this::step);
        step.ifPresent(shelf::changed);
        return step;
    }

    private StepTotal step(StepSum.Place place) {
        return steps.computeIfAbsent(place, each -> new StepTotal(plan, each));
    }

    private Total total(Total.Slice slice) {
        return totals.computeIfAbsent(slice, each -> new Total(run, each));
    }

    /// Returns the evidence for each objective of the plan.
    List<RunRecord.Trial> trials() {
        var trials = new ArrayList<RunRecord.Trial>();
        for (int i = 0; i < scores.size(); i++) {
            var evidence = plan.aims().get(i).objective().map(this::evidence);
            trials.add(scores.get(i).trial(evidence.orElse(new Evidence(new Tally(), 0, 0, 0, false, false))));
        }
        return trials;
    }

    private Evidence evidence(Objective objective) {
        int interval = intervals.indexOf(objective.scope().interval());
        var tally = new Tally();
        totals.forEach((slice, total) -> {
            if (lies(slice.intervals(), interval)
                    && plan.inPhase(objective, slice.phase())
                    && plan.ofRequest(objective, slice.request())) {
                tally.add(total.tally());
            }
        });
        var span = spans.sum(phase -> plan.inPhase(objective, phase), intervals -> lies(intervals, interval));
        boolean all = Selection.of(objective).all();
        return new Evidence(tally, all ? span.dropped() : 0, all ? 0 : span.dropped(), span.time() / 1e6, false, false);
    }

    private static boolean lies(long lies, int interval) {
        return interval >= 0 && (lies & 1L << interval) != 0;
    }

    /// Returns what requests said from step to step.
    StepTallies growth() {
        return growth;
    }

    /// Returns the tally of each request over the judged phases.
    Map<Integer, Tally> requests() {
        var requests = new TreeMap<Integer, Tally>();
        totals.forEach((slice, total) -> {
            if (plan.judged(slice.phase())) {
                requests.computeIfAbsent(slice.request(), _ -> new Tally()).add(total.tally());
            }
        });
        return requests;
    }

    /// Returns the tally of each phase.
    Map<Integer, Tally> phases() {
        var phases = new TreeMap<Integer, Tally>();
        totals.forEach((slice, total) ->
                phases.computeIfAbsent(slice.phase(), _ -> new Tally()).add(total.tally()));
        return phases;
    }

    /// Returns the time of the judged phases.
    double judgedSeconds() {
        return spans.sum(plan::judged, _ -> true).time() / 1e6;
    }

    /// Returns what fell into the steps of loads in steps.
    List<StepSum> steps() {
        return steps.values().stream().map(StepTotal::sum).toList();
    }

    /// Drops every part of it.
    void drop() {
        totals.values().forEach(shelf::dropped);
        steps.values().forEach(shelf::dropped);
        growth.drop();
        shelf.dropped(this);
    }

    @Override
    public void write(ByteWriter out) {
        out.number(settledThrough).number(scores.size());
        scores.forEach(score -> score.write(out));
        spans.write(out);
    }

    void read(ByteReader in) {
        settledThrough = in.number();
        int size = in.integer();
        for (int i = 0; i < size; i++) {
            scores.get(i).read(in);
        }
        spans.read(in);
    }

    void readTotal(int phase, int request, long lies, ByteReader in) {
        total(new Total.Slice(phase, request, lies)).read(in);
    }

    void readStep(int phase, int step, ByteReader in) {
        step(new StepSum.Place(phase, step)).read(in);
    }
}
