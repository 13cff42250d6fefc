package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.WindowLedger;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.LoadStep;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A small run, written by hand: one segment, one judged phase, windows of a second; times in seconds after its start.
final class Script {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String RUN = "r";

    private final int seconds;
    private final List<ObjectiveSpec> objectives = new ArrayList<>();
    private final List<RequestTiming> requests = new ArrayList<>();
    private final Map<Integer, Integer> dropped = new TreeMap<>();
    private final List<LifecycleEvent> lifecycle = new ArrayList<>();
    private final List<ResourceSample> samples = new ArrayList<>();
    private List<LoadStep> steps = List.of();
    private boolean pulse = true;

    /// @param seconds how long the load goes on
    Script(int seconds, String... objectives) {
        this.seconds = seconds;
        for (var expression : objectives) {
            this.objectives.add(new ObjectiveSpec(expression, expression));
        }
    }

    static Instant at(double second) {
        return START.plusNanos(Math.round(second * 1e9));
    }

    /// A request that ends at `second`.
    Script request(double second, long micros, Outcome outcome, Map<String, Double> measures) {
        requests.add(new RequestTiming(
                0,
                0,
                0,
                0,
                0,
                0,
                Micros.of(at(second)),
                micros,
                0,
                0,
                0,
                0,
                0,
                outcome,
                200,
                1,
                2,
                measures.isEmpty() ? Optional.empty() : Optional.of(measures)));
        return this;
    }

    /// `ok` good and `bad` bad requests of 10 ms in the window that begins at `second`.
    Script window(int second, int ok, int bad) {
        for (int i = 0; i < ok + bad; i++) {
            request(second + 0.5, 10_000, i < ok ? Outcome.OK : Outcome.HTTP_ERROR, Map.of());
        }
        return this;
    }

    Script dropped(int second, int count) {
        dropped.put(second, count);
        return this;
    }

    Script sample(double second, String process, Map<String, Double> values) {
        samples.add(new ResourceSample("", "h", process, at(second), values));
        return this;
    }

    Script fault(String id, double from, double to) {
        said(from, new LifecycleEvent.FaultAccepted(id, "c", "kill", "api", Duration.ofSeconds(1)));
        said(from, new LifecycleEvent.FaultApplied(id, "kill", "api", at(from), Map.of()));
        said(to, new LifecycleEvent.FaultReverted(id, "kill", "api", RevertCause.ELAPSED, Map.of()));
        return this;
    }

    Script steps(LoadStep... all) {
        steps = List.of(all);
        return this;
    }

    Script withoutPulse() {
        pulse = false;
        return this;
    }

    private void said(double second, LifecycleEvent.Event event) {
        lifecycle.add(new LifecycleEvent(RUN, at(second), "test", event));
    }

    RunRecords records() {
        var said = new ArrayList<LifecycleEvent>();
        said.add(new LifecycleEvent(RUN, at(-1), "test", new LifecycleEvent.RunStarted("c", 1, "0")));
        said.add(new LifecycleEvent(RUN, at(0), "test", new LifecycleEvent.PhaseStarted("steady", 0)));
        said.addAll(lifecycle);
        for (int i = 0; pulse && i < seconds + 5; i++) {
            said.add(new LifecycleEvent("", at(i), "a", new LifecycleEvent.Heartbeat("aggregator", List.of())));
        }
        said.add(new LifecycleEvent(
                RUN, at(seconds + 4), "test", new LifecycleEvent.RunFinished(FinishReason.COMPLETED, "")));
        var plan = new RunObjectives(
                RUN,
                "c",
                Duration.ofSeconds(1),
                1,
                List.of(new PhaseInfo("steady", true, Duration.ZERO, Duration.ofSeconds(seconds), steps)),
                List.of(new RequestInfo("s", "q", Map.of("tier", "gold"))),
                objectives,
                List.of());
        return new RunRecords(plan, timings(), said, samples);
    }

    private List<Timing> timings() {
        requests.sort(java.util.Comparator.comparingLong(RequestTiming::ended));
        var timings = new ArrayList<Timing>();
        long completed = 0;
        long lost = 0;
        for (int second = 0; second < seconds; second++) {
            int ended = 0;
            for (var request : requests) {
                if (Math.floorDiv(request.ended() - Micros.of(START), Micros.SECOND) == second) {
                    timings.add(new Timing(RUN, 0, 1, numbered(request, completed++)));
                    ended++;
                }
            }
            int fell = dropped.getOrDefault(second, 0);
            lost += fell;
            var ledger = new WindowLedger(at(second), ended + fell, fell, ended, ended);
            timings.add(
                    new Timing(RUN, 0, 1, tick(second + 1, completed, lost, second == seconds - 1, List.of(ledger))));
        }
        return timings;
    }

    private static RequestTiming numbered(RequestTiming one, long sequence) {
        return new RequestTiming(
                sequence,
                sequence,
                one.phase(),
                one.request(),
                one.user(),
                one.attempt(),
                one.ended(),
                one.response(),
                one.delay(),
                one.blocked(),
                one.connect(),
                one.tls(),
                one.firstByte(),
                one.outcome(),
                one.status(),
                one.bytesOut(),
                one.bytesIn(),
                one.measures());
    }

    private static SegmentTick tick(
            int second, long completed, long dropped, boolean last, List<WindowLedger> ledgers) {
        return new SegmentTick(
                at(second),
                "g",
                0,
                0,
                completed + dropped,
                dropped,
                completed,
                completed,
                completed,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                last,
                ledgers,
                0,
                0,
                completed + dropped);
    }

    Results results() {
        return Auditor.recompute(records(), Results.NONE);
    }

    RunVerdict verdict() {
        return (RunVerdict) results().verdicts().getLast().verdict();
    }

    /// Returns the verdict on the only objective.
    ObjectiveVerdict objective() {
        return verdict().objectives().getFirst();
    }

    /// Returns the verdict on the only fault.
    FaultVerdict fault() {
        return verdict().faults().getFirst();
    }
}
