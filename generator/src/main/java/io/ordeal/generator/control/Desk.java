package io.ordeal.generator.control;

import io.ordeal.generator.run.Answer;
import io.ordeal.generator.run.Commands;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.load.SegmentPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings together which segments are ours and what their runs are told to do, in whatever order both become known,
/// and starts, changes and hands over the driving accordingly. Thread-safe: one thread at a time.
public final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PLAN_PATIENCE = Duration.ofSeconds(3);
    private static final Duration FORGOTTEN = Duration.ofDays(2);
    private static final Duration OVER = Duration.ofMinutes(1);

    private final String instance;
    private final InstantSource clock;
    private final Fleet fleet;
    private final Supplier<Capacity> capacity;
    private final Consumer<LifecycleEvent> lifecycle;
    private final Map<String, RunBook> runs = new HashMap<>();
    private final Map<String, Segment> segments = new HashMap<>();
    private final Map<Integer, Holding> holdings = new HashMap<>();
    private final Set<Command> told = new HashSet<>();
    private final Farewells farewells = new Farewells();
    private boolean commandsRead;

    /// Sits down with nothing known.
    ///
    /// @param capacity tells what the process has for connections
    /// @param lifecycle takes what is to be said on the lifecycle topic
    public Desk(
            String instance,
            InstantSource clock,
            Fleet fleet,
            Supplier<Capacity> capacity,
            Consumer<LifecycleEvent> lifecycle) {
        this.capacity = capacity;
        this.instance = instance;
        this.clock = clock;
        this.fleet = fleet;
        this.lifecycle = lifecycle;
    }

    /// Takes a command from the control topic.
    public synchronized void command(Ordered ordered) {
        var command = ordered.command();
        if (Commands.concernsLoad(command)) {
            reply(runs.computeIfAbsent(command.run(), _ -> new RunBook()).command(ordered));
            reconcile(command.run());
        }
    }

    /// Says that every command from before now has been read: only now can a segment be started, because a stop may
    /// have stood behind a start.
    public synchronized void commandsRead() {
        commandsRead = true;
        segments.values().forEach(this::announce);
        List.copyOf(runs.keySet()).forEach(this::reconcile);
    }

    /// Takes over a partition whose plans will follow.
    ///
    /// @param generation the number of this ownership
    public synchronized void taken(int partition, int generation) {
        holdings.put(partition, new Holding(generation, clock.instant(), false));
    }

    /// Says that every plan of `partition` from before now has been read.
    public synchronized void plansRead(int partition) {
        holdings.computeIfPresent(partition, (_, holding) -> holding.read());
        segments.values().stream()
                .filter(segment -> segment.partition == partition)
                .forEach(this::announce);
        runsOf(partition).forEach(this::reconcile);
    }

    /// Takes the plan that stands under `key` in `partition`.
    public synchronized void plan(int partition, String key, SegmentPlan plan) {
        var problems = new ArrayList<>(PlanProblems.of(plan));
        if (problems.isEmpty()) {
            problems.addAll(fleet.lacks(plan));
        }
        announce(segments.computeIfAbsent(key, _ -> new Segment(partition, plan)));
        problems.addAll(capacity.get().shortages(plansOf(plan.run())));
        if (!problems.isEmpty()) {
            log.atError()
                    .addKeyValue("run", plan.run())
                    .addKeyValue("segment", plan.segment())
                    .addKeyValue("problems", problems)
                    .log("a plan cannot be driven");
        }
        var book = runs.computeIfAbsent(plan.run(), _ -> new RunBook());
        reply(problems.isEmpty() ? book.planned(plan) : book.unfit(problems));
        reconcile(plan.run());
    }

    private List<SegmentPlan> plansOf(String run) {
        return segments.values().stream()
                .map(segment -> segment.plan)
                .filter(plan -> plan.run().equals(run))
                .toList();
    }

    /// Forgets the plan that stood under `key`: its run is over.
    public synchronized void planRemoved(String key) {
        var segment = segments.remove(key);
        if (segment != null) {
            segment.driven.forEach(driven -> driven.handOver(clock.instant()));
            if (segments.values().stream().noneMatch(other -> other.plan.run().equals(segment.plan.run()))) {
                runs.remove(segment.plan.run());
            }
        }
    }

    /// Leaves a partition and everything in it to another owner, from when on that says that it drives it.
    public synchronized void left(int partition) {
        var holding = holdings.remove(partition);
        segments.values().removeIf(segment -> {
            if (segment.partition == partition && holding != null && !segment.over) {
                segment.driven.forEach(driven -> farewells.add(
                        segment.plan.run(), segment.plan.segment(), holding.generation, clock.instant(), driven));
            }
            return segment.partition == partition;
        });
    }

    /// Hears that a segment has an owner of `epoch` since `at`; that may be news of our own loss.
    public synchronized void owned(String run, int segment, int epoch, Instant at) {
        farewells.taken(run, segment, epoch, at);
        for (var ours : segments.values()) {
            var holding = holdings.get(ours.partition);
            if (holding != null
                    && holding.generation < epoch
                    && ours.plan.run().equals(run)
                    && ours.plan.segment() == segment) {
                ours.driven.forEach(driven -> driven.handOver(at.plus(Farewells.NOTICE)));
            }
        }
    }

    /// Whether every segment that was taken from us has a new owner, as far as that matters.
    public synchronized boolean succeeded() {
        return farewells.none();
    }

    /// Refuses what has waited too long for the plan of its run, and forgets runs of long ago: called now and then.
    public synchronized void overdue() {
        var now = clock.instant();
        farewells.overdue(now);
        // Every run has a segment in partition 0, so its owner knows all runs and speaks for everybody.
        var first = holdings.get(0);
        if (first != null && first.plansRead) {
            var from = first.since.minus(PLAN_PATIENCE); // what came before was its former owner's to refuse
            for (var book : runs.values()) {
                book.unread().stream()
                        .filter(ordered -> ordered.taken().isAfter(from) && waited(ordered, now))
                        .filter(ordered -> told.add(ordered.command()))
                        .forEach(ordered -> refuse(
                                ordered.command(),
                                List.of("run `" + ordered.command().run() + "` has no plan on the segments topic")));
            }
        }
        told.removeIf(command -> now.isAfter(command.issuedAt().plus(FORGOTTEN)));
        runs.entrySet()
                .removeIf(run -> run.getValue().load().isEmpty()
                        && now.isAfter(run.getValue().newest().plus(FORGOTTEN))
                        && plansOf(run.getKey()).isEmpty());
    }

    private static boolean waited(Ordered ordered, Instant now) {
        return now.isAfter(ordered.taken().plus(PLAN_PATIENCE));
    }

    private static boolean fresh(Ordered ordered, Instant now) {
        return now.isBefore(ordered.taken().plus(FRESH));
    }

    private Set<String> runsOf(int partition) {
        return segments.values().stream()
                .filter(segment -> segment.partition == partition)
                .map(segment -> segment.plan.run())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void reconcile(String run) {
        var book = runs.get(run);
        if (!commandsRead || book == null || book.load().isEmpty()) {
            return;
        }
        var load = book.load().get();
        farewells.change(run, load);
        for (var segment : segments.values()) {
            if (segment.plan.run().equals(run)) {
                reconcile(segment, load);
            }
        }
    }

    private void reconcile(Segment segment, RunLoad load) {
        if (!segment.driven.isEmpty()) {
            segment.driven.forEach(driven -> driven.change(load));
            return;
        }
        var holding = holdings.get(segment.partition);
        if (load instanceof RunLoad.Started started
                && holding != null
                && holding.plansRead
                && clock.instant().isBefore(started.end().plus(OVER))) {
            var from = Optional.of(started.startAt())
                    .filter(holding.since::isAfter)
                    .map(_ -> takeOver(segment));
            segment.driven.add(fleet.drive(
                    segment.plan, holding.generation, started, from, () -> finished(segment, holding.generation)));
        }
    }

    /// Returns from when on a segment is ours: as we have said, or from now on, where we come too late.
    private Instant takeOver(Segment segment) {
        var said = segment.announcedAt.plus(Farewells.NOTICE);
        var now = clock.instant();
        return said.isAfter(now) ? said : now;
    }

    /// Says once that a segment is ours, as soon as nothing that was written before can take that back.
    private void announce(Segment segment) {
        var holding = holdings.get(segment.partition);
        if (commandsRead && holding != null && holding.plansRead && !segment.announced) {
            segment.announced = true;
            segment.announcedAt = clock.instant();
            say(segment.plan.run(), segment.announcedAt, new SegmentTaken(segment.plan.segment(), holding.generation));
        }
    }

    private synchronized void finished(Segment segment, int generation) {
        segment.over = true;
        say(segment.plan.run(), clock.instant(), new SegmentFinished(segment.plan.segment(), generation));
    }

    private void reply(List<RunBook.Reply> replies) {
        var now = clock.instant();
        for (var reply : replies) {
            var command = reply.ordered().command();
            if (fresh(reply.ordered(), now)) {
                switch (reply.answer()) {
                    case Answer.Done(var state, var detail) ->
                        say(command.run(), now, new LoadChanged(command.id(), state, detail));
                    case Answer.Refused(var reasons) -> refuse(command, reasons);
                    case Answer.Silent() -> {
                        // somebody else's
                    }
                }
            }
        }
    }

    private void refuse(Command command, List<String> reasons) {
        log.atWarn()
                .addKeyValue("run", command.run())
                .addKeyValue("command", command.id())
                .addKeyValue("reasons", reasons)
                .log("refused a command");
        say(command.run(), clock.instant(), new CommandRefused(command.id(), reasons));
    }

    private void say(String run, Instant at, LifecycleEvent.Event event) {
        lifecycle.accept(new LifecycleEvent(run, at, instance, event));
    }

    /// A partition that is ours.
    private record Holding(int generation, Instant since, boolean plansRead) {
        Holding read() {
            return new Holding(generation, since, true);
        }
    }

    /// A segment that is ours; `driven` holds what drives it, once something does.
    private static final class Segment {
        private final int partition;
        private final SegmentPlan plan;
        private final List<Fleet.Driven> driven = new ArrayList<>(1);
        private boolean announced;
        private Instant announcedAt = Instant.EPOCH;
        private boolean over;

        Segment(int partition, SegmentPlan plan) {
            this.partition = partition;
            this.plan = plan;
        }
    }
}
