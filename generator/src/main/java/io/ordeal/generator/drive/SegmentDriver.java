package io.ordeal.generator.drive;

import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.generator.run.Account.Outside;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Stretch;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.SegmentTick;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final Schedule schedule;
    private final Stage stage;
    private final OpenLoad open;
    private final ClosedLoad closed;
    private final DueQueue waiting = new DueQueue();
    private final Pacer pacer;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private State state = State.DRIVING;
    private boolean paused;
    private final Tenure tenure = new Tenure();
    private long nextTick;
    private long nextSweep;
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
        this.schedule = new Schedule(Clock.nanos(load.startAt()), load.timeline());
        this.stage = Stage.of(plan, epoch, equipment, out, Links.of(plan, equipment), schedule);
        var share = new Share(plan.segment(), plan.segments());
        this.open = new OpenLoad(stage, share, this::until);
        this.closed = new ClosedLoad(stage, share, this::until);
        this.pacer = new Pacer(context, clock, this::wake);
        this.paused = load.paused();
        closed.hold(paused);
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
                case RunLoad.Stopped _ -> drain();
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
            open.skipTo(first);
            closed.again(first);
        }
        nextTick = first;
        nextSweep = first + SWEEP;
        pacer.wakeAt(first);
    }

    private void reschedule(RunLoad.Started load) {
        if (state != State.DRIVING) {
            return;
        }
        if (!schedule.timeline().equals(load.timeline())) {
            schedule.change(load.timeline());
            open.rescheduled();
            closed.again();
        }
        if (paused && !load.paused()) {
            closed.again(clock.nanos());
        }
        paused = load.paused();
        closed.hold(paused);
        pacer.wakeAt(clock.nanos());
    }

    private void drain() {
        if (state == State.DRIVING) {
            state = State.DRAINING;
            closed.hold(true);
            stage.links().giveUp().forEach(Exchange::drop);
            pacer.wakeAt(clock.nanos());
        }
    }

    private void until(long due, User user, long now) {
        if (state == State.DRIVING && due < schedule.end()) {
            if (due <= now && !tenure.held(now)) {
                user.goOn(due, now);
            } else {
                waiting.add(due, user);
                pacer.wakeAt(tenure.wakeFor(due));
            }
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
        boolean more = state == State.DRIVING && turn(now);
        if (state == State.DRIVING && !more && (now >= schedule.end() || tenure.over(now))) {
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
        int budget = TURN;
        long until = tenure.until(now);
        for (; budget > 0 && open.due() <= until; budget--) {
            open.begin(paused, clock.nanos());
        }
        var stretch = schedule.at(now);
        if (stretch.isPresent() && stretch.get() instanceof Stretch.Closed users) {
            for (; budget > 0 && closed.due(users) <= until; budget--) {
                closed.begin(users, clock.nanos());
            }
        }
        for (; budget > 0 && waiting.earliest() <= until; budget--) {
            long due = waiting.earliest();
            waiting.poll().ifPresent(user -> user.goOn(due, clock.nanos()));
        }
        return budget == 0;
    }

    private long nextDue() {
        if (state != State.DRIVING) {
            return DueQueue.NEVER;
        }
        long users = schedule.at(clock.nanos())
                .map(stretch -> stretch instanceof Stretch.Closed now ? closed.due(now) : DueQueue.NEVER)
                .orElse(DueQueue.NEVER);
        return tenure.wakeFor(Math.min(Math.min(open.due(), users), waiting.earliest()));
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
        stage.links().close();
        ended.complete(null);
    }

    private void tick(boolean finished) {
        long now = clock.nanos();
        var outside = new Outside(
                schedule.phase(now),
                stage.outbox().published(),
                stage.outbox().lost(),
                stage.oldest(now),
                equipment.watch().cpu(),
                state == State.DRIVING && !paused ? rate(now) : 0,
                open.underWay() + closed.active(),
                equipment.watch().gc(),
                equipment.watch().backlog());
        var tick = stage.account().tick(now, outside, finished);
        stage.outbox().tick(tick);
        latest = Optional.of(tick);
        nextTick = now + plan.tick().toNanos();
    }

    private double rate(long now) {
        return schedule.at(now)
                .map(stretch -> stretch instanceof Stretch.Open at
                        ? at.arrivals().rate(schedule.offset(now) - at.start()) / plan.segments()
                        : 0.0)
                .orElse(0.0);
    }
}
