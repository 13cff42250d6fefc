package io.ordeal.generator.drive;

import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.generator.run.Account.Outside;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.SegmentTick;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives one segment of a run on one event loop, from the start of its load to its last tick. Its methods may be
/// called from any thread; all else happens on the loop.
///
/// ```
///   Driving --(end of the plan, stop, handed over)--> Draining --(nothing open, all events settled)--> Ended
/// ```
public final class SegmentDriver {
    private static final Logger log = LoggerFactory.getLogger(SegmentDriver.class);
    private static final long SWEEP = 10_000_000L;
    private static final long SETTLING = TimingPublisher.DELIVERY.toNanos() + 10_000_000_000L;
    private static final int TURN = 256;

    private enum State {
        DRIVING,
        DRAINING,
        ENDED
    }

    private final SegmentPlan plan;
    private final ContextInternal context;
    private final Equipment equipment;
    private final Clock clock;
    private final RunPhases phases;
    private final Stage stage;
    private final List<LoadStream> streams;
    private final Storms storms;
    private final Pacer pacer;
    private final Tenure tenure = new Tenure();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private State state = State.DRIVING;
    private long nextTick;
    private long nextSweep;
    private long nextStorm;
    private long settledBy = DueQueue.NEVER;
    private volatile Optional<SegmentTick> latest = Optional.empty();

    private SegmentDriver(
            SegmentPlan plan,
            int epoch,
            RunLoad.Started load,
            ContextInternal context,
            Equipment equipment,
            Outbox out) {
        this.plan = plan;
        this.context = context;
        this.equipment = equipment;
        this.clock = equipment.clock();
        long start = Clock.nanos(load.startAt());
        this.phases = new RunPhases(start, plan.phases());
        this.stage = Stage.of(plan, epoch, equipment, out, Links.of(plan, equipment.loops()), phases);
        this.storms = new Storms(start, plan.connections().storm().toNanos());
        this.pacer = new Pacer(context, clock, this::wake);
        this.streams = streams(load.streams().loads(), start);
        change(load);
    }

    private List<LoadStream> streams(List<Streams.Load> loads, long start) {
        var share = new Share(plan.segment(), plan.segments());
        return IntStream.range(0, loads.size())
                .mapToObj(place -> {
                    var load = loads.get(place);
                    return new LoadStream(
                            new Schedule(start, load.timeline()),
                            stage.of(Streams.seed(stage.seed(), place), plan, load.scenarios()),
                            new Numbering(share, place, loads.size()),
                            plan.gracefulStop().toNanos(),
                            tenure,
                            pacer::wakeAt);
                })
                .toList();
    }

    /// Begins to drive the segment of `plan` on the event loop of `context`.
    ///
    /// @param epoch the number of this ownership
    /// @param load what the run's commands have made of its load
    /// @param from where an earlier owner's part ends: what is due before it is skipped and counted
    public static SegmentDriver start(
            SegmentPlan plan,
            int epoch,
            RunLoad.Started load,
            Optional<Instant> from,
            ContextInternal context,
            Equipment equipment,
            Outbox outbox) {
        var driver = new SegmentDriver(plan, epoch, load, context, equipment, outbox);
        context.runOnContext(_ -> driver.begin(from));
        return driver;
    }

    /// Goes by `load` from now on.
    public void change(RunLoad load) {
        context.runOnContext(_ -> {
            switch (load) {
                case RunLoad.Started started -> reschedule(started);
                case RunLoad.Stopped(var _, boolean graceful) -> stop(graceful);
                case RunLoad.Waiting _ -> {
                    // a load that has started does not wait again
                }
            }
        });
    }

    /// Leaves what is due from `instant` on to another owner, and lets what is in flight then finish.
    public void handOver(Instant instant) {
        context.runOnContext(_ -> {
            tenure.endAt(Clock.nanos(instant));
            pacer.wakeAt(tenure.wakeFor(clock.nanos()));
        });
    }

    /// Ends what is in flight, too.
    public void abort() {
        context.runOnContext(_ -> {
            drain();
            stage.abort(clock.nanos());
        });
    }

    /// Returns what completes after the last tick.
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /// Returns the latest tick.
    public Optional<SegmentTick> latest() {
        return latest;
    }

    /// Returns the plan that it drives.
    public SegmentPlan plan() {
        return plan;
    }

    /// Until a part of somebody else's is over, the time of the segment is for that owner's ticks to tell.
    private void begin(Optional<Instant> from) {
        long first = from.map(Clock::nanos).orElseGet(clock::nanos);
        if (from.isPresent()) {
            streams.forEach(stream -> stream.takeOver(first));
        }
        nextTick = first;
        nextSweep = first + SWEEP;
        nextStorm = storms.after(first);
        pacer.wakeAt(first);
    }

    private void reschedule(RunLoad.Started load) {
        if (state == State.DRIVING) {
            change(load);
            pacer.wakeAt(clock.nanos());
        }
    }

    private void change(RunLoad.Started load) {
        long now = clock.nanos();
        for (int place = 0; place < streams.size(); place++) {
            streams.get(place).change(load.streams().loads().get(place).timeline(), load.paused(), now);
        }
    }

    private void stop(boolean graceful) {
        if (graceful) {
            streams.forEach(stream -> stream.stop(clock.nanos()));
            pacer.wakeAt(clock.nanos());
        } else {
            drain();
        }
    }

    private void drain() {
        if (state == State.DRIVING) {
            state = State.DRAINING;
            streams.forEach(LoadStream::cut);
            stage.links().giveUp().forEach(Exchange::drop);
            pacer.wakeAt(clock.nanos());
        }
    }

    /// The root of everything that happens by the clock: whatever goes wrong, the segment has to come to its end.
    private void wake() {
        try {
            if (state != State.ENDED) {
                wake(clock.nanos());
            }
        } catch (RuntimeException e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("run", plan.run())
                    .addKeyValue("segment", plan.segment())
                    .log("a turn of a segment failed");
            pacer.wakeAt(clock.nanos() + SWEEP);
        }
    }

    private void wake(long now) {
        tenure.awake(now);
        long lag = now - pacer.woken();
        stage.account().lagged(lag);
        equipment.watch().eventLoopLag(lag);
        if (now >= nextSweep) {
            stage.expire(now);
            stage.outbox().flush();
            nextSweep = now + SWEEP;
        }
        if (now >= nextStorm && state == State.DRIVING) {
            stage.storm();
            nextStorm = storms.after(now);
        }
        boolean more = state == State.DRIVING && turn(now);
        if (state == State.DRIVING && !more && (over(now) || tenure.over(now))) {
            drain();
        }
        if (now >= nextTick) {
            tick(false);
        }
        if (state == State.DRAINING && settled(now)) {
            end();
        } else {
            pacer.wakeAt(more ? now : Math.min(Math.min(nextSweep, nextTick), nextDue()));
        }
    }

    /// Begins what is due, up to a limit after which answers get their turn; returns whether something is left.
    private boolean turn(long now) {
        boolean more = false;
        for (var stream : streams) {
            more |= stream.turn(now, TURN);
        }
        return more;
    }

    private boolean over(long now) {
        boolean over = true;
        for (var stream : streams) {
            over &= stream.over(now);
        }
        return over;
    }

    private long nextDue() {
        long due = DueQueue.NEVER;
        if (state == State.DRIVING) {
            for (var stream : streams) {
                due = Math.min(due, stream.due(clock.nanos()));
            }
        }
        return Math.min(due, nextStorm);
    }

    /// Whether nothing is open and the broker has settled every event, which it is given some time for.
    private boolean settled(long now) {
        if (stage.account().open() > 0) {
            return false;
        }
        if (settledBy == DueQueue.NEVER) {
            settledBy = now + SETTLING;
            stage.outbox().flush();
        }
        return stage.outbox().settled() || now >= settledBy;
    }

    private void end() {
        state = State.ENDED;
        tick(!tenure.limited());
        stage.close();
        ended.complete(null);
    }

    private void tick(boolean finished) {
        long now = clock.nanos();
        var outside = new Outside(
                phases.at(now),
                stage.outbox().published(),
                stage.outbox().lost(),
                stage.oldest(now),
                equipment.watch().cpu(),
                state == State.DRIVING
                        ? streams.stream()
                                .mapToDouble(stream -> stream.rate(now))
                                .sum()
                        : 0,
                streams.stream().mapToInt(LoadStream::users).sum(),
                equipment.watch().gc(),
                equipment.watch().backlog());
        var tick = stage.account().tick(now, outside, finished);
        stage.outbox().tick(tick);
        latest = Optional.of(tick);
        nextTick = now + plan.tick().toNanos();
    }
}
