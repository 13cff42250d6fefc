package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.Decision;
import io.ordeal.chaos.fault.Docket;
import io.ordeal.chaos.fault.FaultEffect;
import io.ordeal.chaos.fault.FaultEvent;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultLife;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultState;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Injections;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The owner of all faults: one thread that takes commands, timers and reports one by one, asks the pure core what
/// they mean, and performs it.
public final class Controller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Controller.class);
    private static final int BACKLOG = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final Docket docket;
    private final Injections injections;
    private final FaultNotes notes;
    private final Outlet outlet;
    private final Answers answers;
    private final Pulse pulse;
    private final Leases leases = new Leases();
    private final FaultMetrics metrics;
    private final BooleanSupplier guarded;
    private final InstantSource clock;
    private final FaultTable faults = new FaultTable();
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("faults").daemon().factory());
    private final Semaphore backlog = new Semaphore(BACKLOG);
    private Set<String> vacated = Set.of();
    private boolean closing;

    /// What a controller stands on.
    ///
    /// @param guarded whether somebody would undo what is in the journal if we died now
    public record World(
            Injections injections,
            Journal journal,
            Outlet outlet,
            FaultMetrics metrics,
            BooleanSupplier guarded,
            InstantSource clock) {}

    /// Makes a controller that knows the commands which the journal remembers.
    public Controller(InjectorConfiguration configuration, World world) {
        this(configuration, _ -> false, world);
    }

    /// Makes a controller that keeps silent about targets that others answer for.
    ///
    /// @param elsewhere whether another injector answers for a target that this one does not have
    public Controller(InjectorConfiguration configuration, Predicate<String> elsewhere, World world) {
        this.docket = new Docket(configuration, elsewhere);
        this.injections = world.injections();
        this.notes = new FaultNotes(world.journal());
        this.outlet = world.outlet();
        this.pulse = new Pulse(outlet, configuration.limits().lease());
        this.metrics = world.metrics();
        this.answers = new Answers(outlet, metrics, notes);
        this.guarded = world.guarded();
        this.clock = world.clock();
        notes.recall(docket);
        var _ = owner.scheduleAtFixedRate(() -> step(this::beat), 1, 1, TimeUnit.SECONDS);
    }

    /// Takes a command from the control topic; returns at once, unless a thousand wait already: then they are not read
    /// any faster than they are decided.
    public void command(Command command) {
        backlog.acquireUninterruptibly();
        if (owner.isShutdown()) {
            backlog.release();
            return;
        }
        owner.execute(() -> {
            backlog.release();
            step(() -> take(command));
        });
    }

    /// Ends every fault, of every run; the future completes when that has begun, with the faults concerned.
    public CompletableFuture<List<FaultKey>> clearAll(RevertCause cause) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var keys = faults.live().stream().map(FaultPlan::key).toList();
                    keys.forEach(key -> happen(key, new FaultEvent.Stop(cause)));
                    return keys;
                },
                owner);
    }

    /// Returns the faults in force and those that ended lately.
    public List<FaultView> faults() {
        return CompletableFuture.supplyAsync(() -> faults.views(leases), owner).join();
    }

    /// Ends the faults on `targets` and takes none there until [#govern] says what holds from then on.
    ///
    /// @return the faults of which something is left all the same after a while; with none the targets are as they
    /// were before any fault
    public List<FaultKey> vacate(Set<String> targets) throws InterruptedException {
        submit(() -> {
            vacated = Set.copyOf(targets);
            faults.live().stream()
                    .filter(plan -> targets.contains(plan.target()))
                    .forEach(plan -> happen(plan.key(), new FaultEvent.Stop(RevertCause.CLEARED)));
        });
        awaitOver(fault -> targets.contains(fault.plan().target()));
        return faults().stream()
                .filter(fault ->
                        fault.state().live() && targets.contains(fault.plan().target()))
                .map(fault -> fault.plan().key())
                .toList();
    }

    /// From now on `configuration` says what is allowed. Faults in force stay as they were accepted.
    public void govern(InjectorConfiguration configuration) {
        submit(() -> {
            docket.govern(configuration);
            pulse.govern(configuration.limits().lease());
            vacated = Set.of();
        });
    }

    /// Ends every fault and waits until they are gone; takes no command any more.
    @Override
    public void close() {
        if (owner.isShutdown()) {
            return;
        }
        submit(() -> closing = true);
        clearAll(RevertCause.SHUT_DOWN).join();
        try {
            awaitOver(_ -> true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        owner.shutdownNow();
    }

    /// Waits until none of them is under way, for some time at most.
    private void awaitOver(Predicate<FaultView> those) throws InterruptedException {
        long deadline = System.nanoTime() + CLOSING.toNanos();
        while (System.nanoTime() < deadline
                && faults().stream().filter(those).anyMatch(fault -> underWay(fault.state()))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static boolean underWay(FaultState state) {
        return state.live() && !(state instanceof FaultState.Failed);
    }

    private void take(Command command) {
        var now = clock.instant();
        if (closing) {
            metrics.late();
            return;
        }
        var decision = docket.decide(command, now, faults.live());
        metrics.decided(decision);
        switch (decision) {
            case Decision.Inject(var plan, var digest) -> inject(command, plan, digest, now);
            case Decision.Rehearse(var plan) -> rehearse(command, plan, now);
            case Decision.Renew(var run) -> leases.renew(run, now);
            case Decision.Clear(var keys, var reason) -> {
                log.atInfo().addKeyValue("reason", reason).log("faults are cleared");
                keys.forEach(key -> happen(key, new FaultEvent.Stop(RevertCause.CLEARED)));
                if (command.action() instanceof Command.ClearAllFaults) {
                    answers.ending(command, keys, now);
                }
            }
            case Decision.Repeat _ ->
                log.atInfo().addKeyValue("command", command.id()).log("a command came again and is not done again");
            case Decision.Reject rejection -> answers.reject(command, rejection, now);
            case Decision.Refuse(var reasons) -> answers.refuse(command, reasons, now);
            case Decision.NotOurs _ -> {
                // the generators obey it
            }
        }
    }

    private void inject(Command command, FaultPlan plan, String digest, Instant now) {
        Injection injection;
        try {
            injection = prepare(plan);
        } catch (InjectionFailed e) {
            docket.release(plan.key());
            answers.reject(command, new Decision.Reject(plan.key().id(), digest, List.of(e.reason())), now);
            return;
        }
        notes.decided(command, digest, plan.key().id(), now);
        var key = plan.key();
        var worker = new FaultWorker(key.id(), injection, event -> submit(() -> happen(key, event)));
        pulse.quicken(key.run(), faults.live().isEmpty());
        var first = FaultLife.begin(plan);
        var entry = new FaultTable.Entry(plan, worker, now.plus(plan.duration()), first.state());
        faults.add(entry);
        leases.begin(plan, now);
        var _ = owner.schedule(
                () -> step(() -> happen(key, new FaultEvent.Stop(RevertCause.ELAPSED))),
                plan.duration().toNanos(),
                TimeUnit.NANOSECONDS);
        perform(entry, first.effects());
        faults.forgetOldest().forEach(metrics::forget);
    }

    private Injection prepare(FaultPlan plan) throws InjectionFailed {
        if (!guarded.getAsBoolean()) {
            throw new InjectionFailed("the guard process does not run; nothing is harmed without it");
        }
        if (vacated.contains(plan.target())) {
            throw new InjectionFailed(plan.target() + " is being changed by its configuration; ask again in a moment");
        }
        return injections.prepare(plan, seed(plan.key()));
    }

    /// Says what would be done and does nothing of it.
    private void rehearse(Command command, FaultPlan plan, Instant now) {
        try {
            answers.rehearsed(command, plan.key(), prepare(plan).steps(), now);
        } catch (InjectionFailed e) {
            answers.unfit(command, plan.key(), e.reason(), now);
        }
    }

    /// Takes one step of a fault's life. What it brings about may happen within it, so the state is set first.
    private void happen(FaultKey key, FaultEvent event) {
        faults.entry(key).ifPresent(entry -> {
            var step = FaultLife.next(entry.plan(), entry.state(), event);
            entry.become(step.state());
            perform(entry, step.effects());
        });
    }

    private void perform(FaultTable.Entry entry, List<FaultEffect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case FaultEffect.Say(var event) -> say(entry.plan(), event);
                case FaultEffect.Journal _ -> journal(entry);
                case FaultEffect.Apply _ -> entry.worker().apply();
                case FaultEffect.Undo _ -> entry.worker().undo();
                case FaultEffect.Strike _ -> notes.struck(entry.plan());
            }
        }
    }

    private void journal(FaultTable.Entry entry) {
        var plan = entry.plan();
        try {
            notes.undo(plan, entry.worker().injection().undo(), entry.endsAt());
            happen(plan.key(), new FaultEvent.Journalled());
        } catch (IOException e) {
            log.atError().setCause(e).addKeyValue("fault", plan.key()).log("the undo cannot be journalled");
            happen(plan.key(), new FaultEvent.NotJournalled(Objects.toString(e.getMessage())));
        }
    }

    private void say(FaultPlan plan, LifecycleEvent.Event event) {
        var now = clock.instant();
        log.atInfo()
                .addKeyValue("run", plan.key().run())
                .addKeyValue("event", event)
                .log("fault");
        metrics.said(plan, event);
        if (event instanceof LifecycleEvent.FaultApplied) {
            notes.applied(plan); // before it is said: a next life must not call failed what was said to be applied
        }
        outlet.say(plan.key().run(), now, event);
    }

    private void beat() {
        var live = faults.live();
        for (var key : leases.lapsed(live, clock.instant())) {
            log.atWarn().addKeyValue("fault", key).log("nobody has renewed its lease; it is reverted");
            happen(key, new FaultEvent.Stop(RevertCause.LEASE_LOST));
        }
        if (pulse.beat(live, clock.instant())) {
            log.atWarn().log("the broker is silent and the lease lost; every fault is reverted");
            live.forEach(plan -> happen(plan.key(), new FaultEvent.Stop(RevertCause.LEASE_LOST)));
        }
    }

    private void submit(Runnable task) {
        if (!owner.isShutdown()) {
            owner.execute(() -> step(task));
        }
    }

    /// A step that breaks must not take the ones after it along: timers and undoes above all.
    private static void step(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a step of the controller broke");
        }
    }

    /// Returns a seed that is the same whenever the same fault of the same run is injected.
    private static long seed(FaultKey key) {
        return ((long) key.run().hashCode() << 32) ^ key.id().hashCode();
    }
}
