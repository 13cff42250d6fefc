package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Pace;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.window.Run;
import io.ordeal.aggregator.window.SegmentReport;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A run made up second by second and judged as the aggregator judges it, once in one go and once with all its state
/// written down and read again between any two records: both must say the same.
final class Scene {
    static final long START = 1_700_000_000_000_000L;
    private static final long SECOND = 1_000_000;

    private final List<PhaseInfo> phases = new ArrayList<>();
    private final List<RequestInfo> requests = new ArrayList<>();
    private final List<ObjectiveSpec> objectives = new ArrayList<>();
    private final List<LifecycleEvent> facts = new ArrayList<>();
    private final TreeMap<Integer, RunWindow> seconds = new TreeMap<>();
    private long missing;

    /// What was said.
    record Told(List<WindowSummary> windows, List<VerdictEvent> verdicts) {
        RunVerdict run() {
            return (RunVerdict) verdicts.getLast().verdict();
        }

        ObjectiveVerdict objective() {
            return run().objectives().getFirst();
        }

        FaultVerdict fault(String id) {
            return run().faults().stream()
                    .filter(each -> each.fault().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        List<WindowVerdict> windowVerdicts() {
            return verdicts.stream()
                    .filter(each -> each.verdict() instanceof WindowVerdict)
                    .map(each -> (WindowVerdict) each.verdict())
                    .toList();
        }
    }

    /// Objectives are called by their texts.
    Scene(String... expressions) {
        for (var expression : expressions) {
            objectives.add(new ObjectiveSpec(expression, expression));
        }
        fact(-1, new LifecycleEvent.RunStarted("scene", 1, "00"));
    }

    /// Adds a phase of so many seconds after those that are there.
    Scene phase(String name, boolean judged, int length, io.ordeal.schemas.results.LoadStep... steps) {
        var start = phases.isEmpty()
                ? Duration.ZERO
                : phases.getLast().start().plus(phases.getLast().duration());
        fact((double) start.toSeconds(), new LifecycleEvent.PhaseStarted(name, phases.size()));
        phases.add(new PhaseInfo(name, judged, start, Duration.ofSeconds(length), List.of(steps)));
        return this;
    }

    /// Adds a kind of request.
    Scene request(String scenario, String request, Map<String, String> tags) {
        requests.add(new RequestInfo(scenario, request, tags));
        return this;
    }

    /// A fault acts from one second to the other.
    Scene fault(String id, double from, double to) {
        fact(from - 0.001, new LifecycleEvent.FaultAccepted(id, "c", "latency", "api", Duration.ofSeconds(1)));
        fact(from, new LifecycleEvent.FaultApplied(id, "latency", "api", at(from), Map.of()));
        fact(to, new LifecycleEvent.FaultReverted(id, "latency", "api", RevertCause.ELAPSED, Map.of()));
        return this;
    }

    /// A fault begins to act, and nobody ever says that it is over.
    Scene endless(String id, double from) {
        fact(from - 0.001, new LifecycleEvent.FaultAccepted(id, "c", "latency", "api", Duration.ofSeconds(1)));
        fact(from, new LifecycleEvent.FaultApplied(id, "latency", "api", at(from), Map.of()));
        return this;
    }

    static Instant at(double second) {
        return Micros.instant(START + Math.round(second * SECOND));
    }

    private void fact(double second, LifecycleEvent.Event event) {
        facts.add(new LifecycleEvent("scene", at(second), "scene", event));
    }

    /// In each second of a stretch so many requests end well after so many milliseconds.
    Scene ok(int from, int to, int count, int millis) {
        return ended(from, to, count, millis, Outcome.OK, Map.of());
    }

    /// In each second of a stretch so many requests end with an error, at once.
    Scene bad(int from, int to, int count) {
        return ended(from, to, count, 1, Outcome.HTTP_ERROR, Map.of());
    }

    /// In one second requests end well, each with a value of its own.
    Scene measured(int second, String name, double... values) {
        for (double value : values) {
            ended(second, second + 1, 1, 1, Outcome.OK, Map.of(name, value));
        }
        return this;
    }

    /// Requests of the last kind that was added end in the last phase that was added.
    Scene ended(int from, int to, int count, int millis, Outcome outcome, Map<String, Double> measures) {
        for (int second = from; second < to; second++) {
            for (int i = 0; i < count; i++) {
                end(second, millis, outcome, measures);
            }
            load(second, count, 0, count, 0);
        }
        return this;
    }

    private void end(int second, int millis, Outcome outcome, Map<String, Double> measures) {
        var timing = new RequestTiming(
                0,
                0,
                phaseOf(),
                Math.max(requests.size() - 1, 0),
                0,
                0,
                START + (second + 1) * SECOND - 1,
                millis * 1_000L,
                0,
                0,
                0,
                0,
                0,
                outcome,
                200,
                0,
                0,
                Optional.empty());
        var tally = second(second).tally(new RunWindow.Series(timing.phase(), timing.request()));
        tally.record(timing);
        measures.forEach(tally::measure);
    }

    private int phaseOf() {
        return Math.max(phases.size() - 1, 0);
    }

    /// Requests are due and dropped.
    Scene dropped(int second, int count) {
        load(second, count, count, 0, 0);
        return this;
    }

    /// Requests are due, and nothing ends; the oldest has waited for two seconds.
    Scene stalled(int second, int count) {
        load(second, 0, 0, 0, count);
        return this;
    }

    /// So many requests were sent and never heard of again.
    Scene lost(int count) {
        missing = count;
        return this;
    }

    /// A generator cannot keep its schedule.
    Scene saturated(int second) {
        second(second).add(RunWindow.Load.NONE, List.of("busy"));
        return this;
    }

    private void load(int second, long scheduled, long dropped, long completed, long inFlight) {
        long sent = scheduled - dropped;
        second(second)
                .add(
                        new RunWindow.Load(
                                scheduled, dropped, sent, completed, 0, phaseOf(), inFlight, inFlight * 2 * SECOND),
                        List.of());
    }

    private RunWindow second(int second) {
        long start = START + second * SECOND;
        return seconds.computeIfAbsent(second, _ -> new RunWindow(start, start + SECOND));
    }

    /// Judges the run.
    Told judge() {
        var plan =
                new RunObjectives("scene", "scene", Duration.ofSeconds(1), 1, phases, requests, objectives, List.of());
        var told = new Play(plan, false).run();
        var restored = new Play(plan, true).run();
        assertThat(restored).isEqualTo(told);
        return told;
    }

    private final class Play {
        private final Plan plan;
        private final boolean restarts;
        private final MemoryShelf shelf = new MemoryShelf();
        private final Told told = new Told(new ArrayList<>(), new ArrayList<>());
        private Run run;

        Play(RunObjectives plan, boolean restarts) {
            this.plan = new Plan(plan);
            this.restarts = restarts;
            this.run = start();
        }

        private Run start() {
            return new Run(plan, shelf, outlet(), 0);
        }

        Told run() {
            for (var fact : facts) {
                run.fact(fact, 0);
                restart();
            }
            long scheduled = missing;
            long dropped = 0;
            long ended = 0;
            for (var window : seconds.values()) {
                scheduled += window.load().scheduled();
                dropped += window.load().dropped();
                ended += window.count();
                run.window(window.start(), content(window), 0);
                report(window.end(), false, account(scheduled, dropped, ended));
            }
            long end =
                    seconds.isEmpty() ? START : seconds.lastEntry().getValue().end();
            run.fact(
                    new LifecycleEvent(
                            "scene",
                            Micros.instant(end),
                            "scene",
                            new LifecycleEvent.RunFinished(FinishReason.COMPLETED, "")),
                    0);
            report(end, true, account(scheduled, dropped, ended));
            return told;
        }

        private static byte[] content(RunWindow window) {
            var out = new ByteWriter();
            window.write(out);
            new Pace().write(out);
            return out.toBytes();
        }

        private Account account(long scheduled, long dropped, long ended) {
            return new Account(scheduled, dropped, scheduled - dropped, ended, ended, 0, 0, 0, ended, 0, 0, 0);
        }

        private void report(long watermark, boolean finished, Account account) {
            run.report(new SegmentReport(0, watermark, finished, false, account, new TreeSet<>(List.of("g")), 0), 0);
            restart();
        }

        private void restart() {
            if (restarts) {
                run = start();
                shelf.read().forEach((key, bytes) -> run.read(key, new ByteReader(bytes)));
            }
        }

        private Run.Outlet outlet() {
            return new Run.Outlet() {
                @Override
                public void window(WindowSummary summary) {
                    told.windows.add(summary);
                }

                @Override
                public void closed(RunWindow window, ClosedBy closedBy, long late) {}

                @Override
                public void verdict(VerdictEvent verdict) {
                    told.verdicts.add(verdict);
                }
            };
        }
    }
}
