package io.ordeal.aggregator.query;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Standings.Where;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is known of one run. Not thread-safe.
public final class RunView {
    private static final Duration SILENT = Duration.ofMinutes(5);
    private static final int MOST_NODES = 200;

    /// How far a run has come.
    public enum State {
        /// Nothing has ended yet.
        PREPARING,
        /// Load runs.
        RUNNING,
        /// The load is over; the last windows close.
        JUDGING,
        /// The verdict is there.
        FINISHED,
        /// Nothing was heard for five minutes, and there is no verdict.
        SILENT
    }

    /// Something that takes part: a generator or an injector.
    ///
    /// @param segments that a generator has taken
    /// @param heard when it last said something
    public record Node(String name, boolean generator, Set<Integer> segments, Instant heard) {}

    private final String run;
    private final EventLog log = new EventLog();
    private final Faults faults = new Faults();
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Set<String> saturated = new TreeSet<>();
    private final Map<Integer, Instant> phaseStarts = new TreeMap<>();
    private Optional<RunObjectives> plan = Optional.empty();
    private Optional<RunVerdict> verdict = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> firstWindow = Optional.empty();
    private Traffic traffic = new Traffic(1_000_000);
    private final Standings standings = new Standings();
    private Instant heard = Instant.EPOCH;
    private boolean finished;
    private int phasesEnded;
    private long version;

    RunView(String run) {
        this.run = run;
    }

    void plan(RunObjectives objectives, Instant at) {
        hear(at);
        if (plan.isEmpty()) {
            plan = Optional.of(objectives);
            standings.plan(objectives.objectives());
            faults.plan(objectives.faults());
        }
    }

    void add(LifecycleEvent event) {
        hear(event.at());
        log.add(event);
        faults.add(event);
        switch (event.event()) {
            case LifecycleEvent.RunStarted _ -> started = Optional.of(event.at());
            case LifecycleEvent.RunFinished _ -> finished = true;
            case LifecycleEvent.PhaseStarted one -> phaseStarts.putIfAbsent(one.index(), event.at());
            case LifecycleEvent.PhaseEnded one -> phasesEnded = Math.max(phasesEnded, one.index() + 1);
            case LifecycleEvent.SegmentTaken one -> {
                nodes.values().forEach(node -> node.segments.remove(one.segment()));
                node(event, true).ifPresent(node -> node.segments.add(one.segment()));
            }
            case LifecycleEvent.SegmentFinished _ -> node(event, true);
            case LifecycleEvent.FaultApplied _, LifecycleEvent.Heartbeat _ -> node(event, false);
            case LifecycleEvent.Event _ -> {
                // said in the log
            }
        }
    }

    void add(WindowSummary window) {
        long length = Micros.of(window.length());
        if (traffic.window() != length && traffic.all().rows() == 0) {
            traffic = new Traffic(length);
        }
        hear(window.start().plus(window.length()));
        if (firstWindow.isEmpty() || window.start().isBefore(firstWindow.get())) {
            firstWindow = Optional.of(window.start());
        }
        if (window.request().equals("*")) {
            var reasons = Set.copyOf(window.saturated());
            reasons.stream()
                    .filter(reason -> !saturated.contains(reason))
                    .forEach(reason -> log.add(window.start(), "warn", "a generator is saturated: " + reason));
            saturated.clear();
            saturated.addAll(reasons);
        }
        traffic.add(window);
    }

    void add(VerdictEvent event) {
        hear(event.at());
        switch (event.verdict()) {
            case WindowVerdict one -> add(one);
            case FaultVerdict one -> faults.add(one);
            case RunVerdict one -> {
                verdict = Optional.of(withoutHistograms(one));
                log.add(event.at(), one);
                compact();
            }
        }
    }

    private void add(WindowVerdict one) {
        var change = standings.add(one);
        var end = one.start().plus(one.length());
        if (change.now() == Where.OUT && change.before() != Where.OUT) {
            log.add(end, "out", one.objective() + (one.reason().isEmpty() ? "" : ": " + one.reason()));
        } else if (change.now() == Where.IN && change.before() == Where.OUT) {
            log.add(end, "back", one.objective());
        }
    }

    void compact() {
        traffic.compact();
        standings.compact();
    }

    /// The histograms are on the topic, and nobody asks for them here.
    private static RunVerdict withoutHistograms(RunVerdict one) {
        var nothing = ByteBuffer.allocate(0);
        return new RunVerdict(
                one.campaign(),
                one.verdict(),
                one.reasons(),
                one.startedAt(),
                one.endedAt(),
                one.ledger(),
                one.requests().stream()
                        .map(request -> new RequestSummary(
                                request.scenario(),
                                request.request(),
                                request.counts(),
                                request.throughput(),
                                request.response(),
                                request.service(),
                                nothing,
                                nothing,
                                request.bytesOut(),
                                request.bytesIn(),
                                request.measures()))
                        .toList(),
                one.objectives(),
                one.faults(),
                one.phases(),
                one.generator(),
                one.windows(),
                one.lateEvents(),
                one.warnings(),
                one.trends(),
                one.breakingPoints(),
                one.firstBreach(),
                one.refused());
    }

    private Optional<Node> node(LifecycleEvent event, boolean generator) {
        var known = nodes.get(event.source());
        if (known == null && nodes.size() == MOST_NODES) {
            return Optional.empty();
        }
        var segments = known == null ? new TreeSet<Integer>() : known.segments;
        var node = new Node(event.source(), generator, segments, event.at());
        nodes.put(event.source(), node);
        return Optional.of(node);
    }

    private void hear(Instant at) {
        version++;
        heard = at.isAfter(heard) ? at : heard;
    }

    /// Returns the run's id.
    public String run() {
        return run;
    }

    /// Returns a number that rises with everything that is learnt.
    public long version() {
        return version;
    }

    /// Returns the campaign's name, or the run's id as long as it is not known.
    public String campaign() {
        return plan.map(RunObjectives::campaign)
                .or(() -> verdict.map(RunVerdict::campaign))
                .orElse(run);
    }

    /// Returns how far it has come.
    public State state(Instant now) {
        if (verdict.isPresent()) {
            return State.FINISHED;
        }
        if (Duration.between(heard, now).compareTo(SILENT) > 0) {
            return State.SILENT;
        }
        if (finished) {
            return State.JUDGING;
        }
        return firstWindow.isEmpty() && phaseStarts.isEmpty() ? State.PREPARING : State.RUNNING;
    }

    /// Returns when the load began, as far as it is known.
    public Optional<Instant> start() {
        return phaseStarts.entrySet().stream()
                .findFirst()
                .map(entry -> entry.getValue().minus(offset(entry.getKey())))
                .or(() -> firstWindow)
                .or(() -> verdict.map(RunVerdict::startedAt));
    }

    private Duration offset(int phase) {
        return phase < phases().size() ? phases().get(phase).start() : Duration.ZERO;
    }

    /// Returns when it was first heard of.
    public Instant since() {
        return started.or(this::start).orElse(heard);
    }

    /// Returns when something was last heard of it.
    public Instant heard() {
        return heard;
    }

    /// Returns the end of the newest window.
    public Optional<Instant> newest() {
        return traffic.newest() == Traffic.NONE
                ? Optional.empty()
                : Optional.of(Micros.instant((traffic.newest() + 1) * traffic.window()));
    }

    /// Returns how long the load is to last.
    public Duration length() {
        return phases().stream()
                .map(phase -> phase.start().plus(phase.duration()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /// Returns the phases of the plan.
    public List<PhaseInfo> phases() {
        return plan.map(RunObjectives::phases).orElse(List.of());
    }

    /// Returns the index of the phase under way.
    public Optional<Integer> phase() {
        return phaseStarts.keySet().stream()
                .max(Integer::compare)
                .filter(index -> index >= phasesEnded)
                .filter(index -> index < phases().size());
    }

    /// Returns what takes part.
    public List<Node> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /// Returns why generators could not keep their schedule in the newest window.
    public Set<String> saturated() {
        return new TreeSet<>(saturated);
    }

    /// Returns the verdict, when it is there, without histograms.
    public Optional<RunVerdict> verdict() {
        return verdict;
    }

    /// Returns the closed windows.
    public Traffic traffic() {
        return traffic;
    }

    /// Returns how the objectives stand.
    public Standings standings() {
        return standings;
    }

    /// Returns the faults.
    public Faults faults() {
        return faults;
    }

    /// Returns what happened.
    public EventLog log() {
        return log;
    }
}
