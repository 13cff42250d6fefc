package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Pace;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.Rules;
import io.ordeal.aggregator.judge.RunJudge;
import io.ordeal.aggregator.judge.RunRecord;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.WindowLedger;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The windows and verdicts of a finished run, computed from all its records at once.
///
/// Plain on purpose: it holds everything, sorts it into windows and looks at each objective's windows one by one.
/// What
/// the aggregator has told of the same records, with whatever restarts, must be equal to this.
public final class Recompute {
    private final Plan plan;
    private final Facts facts = new Facts();
    private final TreeMap<Long, RunWindow> windows = new TreeMap<>();
    private final TreeMap<Integer, History> segments = new TreeMap<>();
    private final Pace pace = new Pace();

    /// What was computed.
    ///
    /// @param windows in order of time
    /// @param verdicts on windows in order of time, then on faults, then on the run
    public record Result(List<WindowSummary> windows, List<VerdictEvent> verdicts) {}

    private Recompute(Plan plan) {
        this.plan = plan;
    }

    /// Computes the results of the run of `objectives`.
    ///
    /// @param timings of this run: those of each segment in the order of its partition
    /// @param lifecycle of this run, in the order of its partition
    public static Result of(RunObjectives objectives, List<Timing> timings, List<LifecycleEvent> lifecycle) {
        var recompute = new Recompute(new Plan(objectives));
        lifecycle.stream().filter(event -> Facts.matters(event.event())).forEach(recompute.facts::accept);
        for (var timing : timings) {
            recompute
                    .segments
                    .computeIfAbsent(timing.segment(), _ -> recompute.new History())
                    .accept(timing);
        }
        recompute.segments.values().forEach(History::end);
        return recompute.result();
    }

    private RunWindow window(long start) {
        return windows.computeIfAbsent(start, each -> new RunWindow(each, each + plan.window()));
    }

    /// One segment, record by record.
    private final class History {
        private final TreeMap<Integer, Owner> owners = new TreeMap<>();
        private final TreeMap<Long, Map<Integer, WindowLedger>> ledgers = new TreeMap<>();
        private final TreeSet<Long> touched = new TreeSet<>();
        private final TreeSet<String> instances = new TreeSet<>();
        private long watermark = Long.MIN_VALUE;
        private boolean finished;

        private static final class Owner {
            private long next;
            private long missing;
            private long duplicates;
            private long late;
            private long counted;
            private long refused;
            private final List<SegmentTick> ticks = new ArrayList<>();
        }

        void accept(Timing timing) {
            if (finished) {
                return;
            }
            var owner = owners.computeIfAbsent(timing.epoch(), _ -> new Owner());
            switch (timing.event()) {
                case RequestTiming request -> request(owner, request);
                case SegmentTick tick -> tick(timing.epoch(), owner, tick);
            }
        }

        private void request(Owner owner, RequestTiming request) {
            long start = plan.windowOf(request.ended());
            boolean passed = start + plan.window() <= watermark;
            if (request.sequence() < owner.next) {
                owner.duplicates++;
                if (!passed) {
                    touched.add(start);
                    window(start).add(new RunWindow.Load(0, 0, 0, 0, 1, -1, 0, 0), List.of());
                }
                return;
            }
            owner.missing += request.sequence() - owner.next;
            owner.next = request.sequence() + 1;
            if (request.request() >= Rules.REQUESTS) {
                owner.refused++;
                return;
            }
            if (passed) {
                owner.late++;
                return;
            }
            owner.counted++;
            touched.add(start);
            window(start)
                    .tally(new RunWindow.Series(request.phase(), request.request()))
                    .record(request);
            pace.record(request);
        }

        private void tick(int epoch, Owner owner, SegmentTick tick) {
            long at = Micros.of(tick.at());
            owner.ticks.add(tick);
            instances.add(tick.instance());
            for (var ledger : tick.windows()) {
                long start = Micros.of(ledger.start());
                if (start + plan.window() > watermark) {
                    touched.add(start);
                    ledgers.computeIfAbsent(start, _ -> new HashMap<>()).put(epoch, ledger);
                }
            }
            long current = plan.windowOf(at);
            if (current + plan.window() > watermark) {
                pace.record(tick);
                touched.add(current);
            }
            for (long start = current;
                    !tick.saturated().isEmpty() && start + plan.window() > Math.max(watermark, at - 10 * plan.window());
                    start -= plan.window()) {
                touched.add(start);
                window(start).add(RunWindow.Load.NONE, List.of(tick.saturated()));
            }
            if (epoch == owners.lastKey()) {
                pass(tick, at);
            }
        }

        /// The tick is the first to pass these windows, so it says what was in flight at their ends.
        private void pass(SegmentTick tick, long at) {
            if (tick.inFlight() > 0 && watermark != Long.MIN_VALUE) {
                long since = Math.max(watermark, at - tick.oldest());
                for (long start = plan.windowOf(since); start + plan.window() <= at; start += plan.window()) {
                    touched.add(start);
                }
            }
            finished = tick.finished();
            long through = finished ? Long.MAX_VALUE : at;
            while (!touched.isEmpty() && touched.first() <= through - plan.window()) {
                long start = touched.removeFirst();
                long end = start + plan.window();
                if (end <= watermark) {
                    continue;
                }
                long oldest = tick.oldest() - (at - end);
                boolean waits = tick.inFlight() > 0 && oldest > 0;
                window(start)
                        .add(
                                new RunWindow.Load(
                                        0, 0, 0, 0, 0, tick.phase(), waits ? tick.inFlight() : 0, waits ? oldest : 0),
                                List.of());
                watermark = end;
            }
            watermark = Math.max(watermark, at);
        }

        void end() {
            ledgers.forEach((start, byOwner) -> byOwner.values()
                    .forEach(ledger -> window(start)
                            .add(
                                    new RunWindow.Load(
                                            ledger.scheduled(),
                                            ledger.dropped(),
                                            ledger.sent(),
                                            ledger.completed(),
                                            0,
                                            -1,
                                            0,
                                            0),
                                    List.of())));
        }

        Account account() {
            var sum = Account.NONE;
            for (var owner : owners.values()) {
                var last = owner.ticks.isEmpty() ? Optional.<SegmentTick>empty() : Optional.of(owner.ticks.getLast());
                long fell = Math.max(last.map(SegmentTick::skipped).orElse(0L) - sum.arrived(), 0);
                sum = sum.plus(new Account(
                        last.map(SegmentTick::scheduled).orElse(0L) + fell,
                        last.map(SegmentTick::dropped).orElse(0L),
                        last.map(SegmentTick::sent).orElse(0L),
                        last.map(SegmentTick::completed).orElse(0L),
                        last.map(SegmentTick::published).orElse(0L),
                        Math.max(last.map(SegmentTick::lost).orElse(0L), owner.missing),
                        owner.duplicates,
                        owner.late,
                        owner.counted,
                        fell,
                        last.map(SegmentTick::arrived).orElse(0L) + fell,
                        owner.refused));
            }
            return sum;
        }

        long handovers() {
            var spoke = owners.values().stream()
                    .filter(owner -> !owner.ticks.isEmpty())
                    .toList();
            long handovers = 0;
            for (int i = 1; i < spoke.size(); i++) {
                var before =
                        spoke.get(i - 1).ticks.stream().map(SegmentTick::at).max(java.util.Comparator.naturalOrder());
                var after = spoke.get(i).ticks.getFirst().at();
                handovers += before.orElseThrow().plusSeconds(1).isBefore(after) ? 1 : 0;
            }
            return handovers;
        }
    }

    private Result result() {
        windows.values().removeIf(RunWindow::idle);
        var summaries = new ArrayList<WindowSummary>();
        var verdicts = new ArrayList<VerdictEvent>();
        long late = account().late();
        for (var window : windows.values()) {
            summaries.addAll(window.summaries(plan, facts, ClosedBy.TICKS, late));
            window.verdicts(plan, facts)
                    .forEach(verdict -> verdicts.add(new VerdictEvent(
                            plan.source().run(), verdict.start().plus(verdict.length()), verdict)));
        }
        verdicts.addAll(RunJudge.judge(record()));
        return new Result(summaries, verdicts);
    }

    private Account account() {
        return segments.values().stream().map(History::account).reduce(Account.NONE, Account::plus);
    }

    private RunRecord record() {
        var absent = new TreeSet<Integer>();
        var unfinished = new TreeSet<Integer>();
        var instances = new TreeSet<String>();
        for (int segment = 0; segment < plan.source().segments(); segment++) {
            var history = segments.get(segment);
            if (history == null) {
                absent.add(segment);
            } else {
                instances.addAll(history.instances);
                if (!history.finished) {
                    unfinished.add(segment);
                }
            }
        }
        var requests = new TreeMap<Integer, Tally>();
        var phases = new TreeMap<Integer, Tally>();
        for (var window : windows.values()) {
            window.tallies().forEach((series, tally) -> {
                phases.computeIfAbsent(series.phase(), _ -> new Tally()).add(tally);
                if (plan.judged(series.phase())) {
                    requests.computeIfAbsent(series.request(), _ -> new Tally()).add(tally);
                }
            });
        }
        return new RunRecord(
                plan,
                facts,
                plan.aims().stream()
                        .map(aim -> aim.objective().map(this::trial).orElseGet(Recompute::nothing))
                        .toList(),
                requests,
                judgedSeconds(),
                phases,
                windows.values().stream().map(window -> window.row(plan, facts)).toList(),
                new RunRecord.Windows(
                        windows.size(),
                        windows.values().stream()
                                .filter(window -> !window.saturated().isEmpty())
                                .count(),
                        0),
                account(),
                absent,
                unfinished,
                instances,
                segments.values().stream().mapToLong(History::handovers).sum(),
                pace,
                facts.finish().isEmpty());
    }

    private static RunRecord.Trial nothing() {
        return new RunRecord.Trial(new Evidence(new Tally(), 0, 0, 0, false, false), 0, 0, 0, Optional.empty(), 0);
    }

    private RunRecord.Trial trial(Objective objective) {
        if (!Plan.ofWindows(objective.measure())) {
            return nothing();
        }
        var tally = new Tally();
        long dropped = 0;
        long time = 0;
        var findings = new ArrayList<Finding>();
        for (var span : spans()) {
            if (!Plan.covers(objective.scope().interval(), facts, span.start, span.from, span.end)) {
                continue;
            }
            for (int phase = 0; phase < plan.source().phases().size(); phase++) {
                if (plan.inPhase(objective, phase)) {
                    time += plan.time(facts, phase, span.start, span.end, span.main);
                    dropped += phase == span.main ? span.dropped : 0;
                }
            }
            if (span.window.isPresent()) {
                tally.add(span.window
                        .get()
                        .sum(phase -> plan.inPhase(objective, phase), request -> plan.ofRequest(objective, request)));
                span.window.get().finding(plan, facts, objective).ifPresent(findings::add);
            }
        }
        boolean all = objective.of().isEmpty();
        var evidence = new Evidence(tally, all ? dropped : 0, all ? 0 : dropped, time / 1e6, false, false);
        return trial(objective, evidence, findings);
    }

    private static RunRecord.Trial trial(Objective objective, Evidence evidence, List<Finding> findings) {
        var observed = findings.stream().flatMap(finding -> finding.observed().stream());
        return new RunRecord.Trial(
                evidence,
                findings.size(),
                findings.stream()
                        .filter(finding -> finding.verdict() == io.ordeal.schemas.results.Verdict.FAIL)
                        .count(),
                findings.stream()
                        .filter(finding -> finding.verdict() == io.ordeal.schemas.results.Verdict.INCONCLUSIVE)
                        .count(),
                objective.comparison().bounded() ? observed.max(Double::compare) : observed.min(Double::compare),
                findings.stream().mapToLong(Finding::samples).sum());
    }

    private double judgedSeconds() {
        long time = 0;
        for (var span : spans()) {
            for (int phase = 0; phase < plan.source().phases().size(); phase++) {
                time += plan.judged(phase) ? plan.time(facts, phase, span.start, span.end, span.main) : 0;
            }
        }
        return time / 1e6;
    }

    /// A window of the run, or the time of one in which nothing was due.
    private record Span(long start, long from, long end, int main, long dropped, Optional<RunWindow> window) {}

    private List<Span> spans() {
        var spans = new ArrayList<Span>();
        if (windows.isEmpty()) {
            return spans;
        }
        for (long start = windows.firstKey(); start <= windows.lastKey(); start += plan.window()) {
            var window = Optional.ofNullable(windows.get(start));
            long from = window.map(RunWindow::from).orElse(start);
            int main = window.map(RunWindow::mainPhase).orElse(-1);
            long dropped = window.map(each -> each.load().dropped()).orElse(0L);
            spans.add(new Span(start, from, start + plan.window(), main, dropped, window));
        }
        return spans;
    }
}
