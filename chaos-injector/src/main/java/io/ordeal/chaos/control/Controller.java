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
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRehearsed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The owner of all faults: one thread that takes commands, timers and reports one by one, asks the pure core what
/// they mean, and performs it.
public final class Controller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Controller.class);
    private static final int KEPT = 200;
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final Docket docket;
    private final Injections injections;
    private final FaultNotes notes;
    private final Outlet outlet;
    private final Pulse pulse;
    private final Leases leases = new Leases();
    private final FaultMetrics metrics;
    private final BooleanSupplier guarded;
    private final InstantSource clock;
    private final Map<FaultKey, Entry> faults = new LinkedHashMap<>();
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("faults").daemon().factory());
    private boolean closing;

    /// A fault with where it stands and who works on it.
    private static final class Entry {
        private final FaultPlan plan;
        private final FaultWorker worker;
        private final Instant endsAt;
        private FaultState state;

        Entry(FaultPlan plan, FaultWorker worker, Instant endsAt, FaultState state) {
            this.plan = plan;
            this.worker = worker;
            this.endsAt = endsAt;
            this.state = state;
        }
    }

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
        this.docket = new Docket(configuration);
        this.injections = world.injections();
        this.notes = new FaultNotes(world.journal());
        this.outlet = world.outlet();
        this.pulse = new Pulse(outlet, configuration.limits().lease());
        this.metrics = world.metrics();
        this.guarded = world.guarded();
        this.clock = world.clock();
        notes.recall(docket);
        var _ = owner.scheduleAtFixedRate(() -> step(this::beat), 1, 1, TimeUnit.SECONDS);
    }

    /// Takes a command from the control topic; returns at once.
    public void command(Command command) {
        submit(() -> take(command));
    }

    /// Ends every fault, of every run; the future completes when that has begun, with the faults concerned.
    public CompletableFuture<List<FaultKey>> clearAll(RevertCause cause) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var keys = live().stream().map(FaultPlan::key).toList();
                    keys.forEach(key -> happen(key, new FaultEvent.Stop(cause)));
                    return keys;
                },
                owner);
    }

    /// Returns the faults in force and those that ended lately.
    public List<FaultView> faults() {
        return CompletableFuture.supplyAsync(
                        () -> faults.values().stream()
                                .map(entry -> new FaultView(entry.plan, entry.state, entry.endsAt))
                                .toList(),
                        owner)
                .join();
    }

    /// Ends every fault and waits until they are gone; takes no command any more.
    @Override
    public void close() {
        if (owner.isShutdown()) {
            return;
        }
        submit(() -> closing = true);
        clearAll(RevertCause.SHUT_DOWN).join();
        long deadline = System.nanoTime() + CLOSING.toNanos();
        try {
            while (System.nanoTime() < deadline && faults().stream().anyMatch(fault -> underWay(fault.state()))) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        owner.shutdownNow();
    }

    private static boolean underWay(FaultState state) {
        return state.live() && !(state instanceof FaultState.Failed);
    }

    private void take(Command command) {
        var now = clock.instant();
        if (closing) {
            return;
        }
        switch (docket.decide(command, now, live())) {
            case Decision.Inject(var plan, var digest) -> inject(command, plan, digest, now);
            case Decision.Rehearse(var plan) -> rehearse(command, plan, now);
            case Decision.Renew(var run) -> leases.renew(run, now);
            case Decision.Clear(var keys, var reason) -> {
                log.atInfo()
                        .addKeyValue("run", command.run())
                        .addKeyValue("reason", reason)
                        .log("faults are cleared");
                keys.forEach(key -> happen(key, new FaultEvent.Stop(RevertCause.CLEARED)));
            }
            case Decision.Repeat _ ->
                log.atInfo().addKeyValue("command", command.id()).log("a command came again and is not done again");
            case Decision.Reject rejection -> reject(command, rejection, now);
            case Decision.Refuse(var reasons) -> {
                log.atWarn()
                        .addKeyValue("command", command.id())
                        .addKeyValue("reasons", reasons)
                        .log("refused");
                outlet.say(command.run(), now, new CommandRefused(command.id(), reasons));
            }
            case Decision.NotOurs _ -> {
                // the generators obey it
            }
        }
    }

    private void inject(Command command, FaultPlan plan, String digest, Instant now) {
        if (!guarded.getAsBoolean()) {
            docket.release(plan.key());
            var reason = "the guard process does not run; nothing is harmed without it";
            reject(command, new Decision.Reject(plan.key().id(), digest, List.of(reason)), now);
            return;
        }
        Injection injection;
        try {
            injection = injections.prepare(plan, seed(plan.key()));
        } catch (InjectionFailed e) {
            docket.release(plan.key());
            reject(command, new Decision.Reject(plan.key().id(), digest, List.of(e.reason())), now);
            return;
        }
        notes.decided(command, digest, plan.key().id(), now);
        var key = plan.key();
        var worker = new FaultWorker(key.id(), injection, event -> submit(() -> happen(key, event)));
        pulse.quicken(key.run(), live().isEmpty());
        var first = FaultLife.begin(plan);
        var entry = new Entry(plan, worker, now.plus(plan.duration()), first.state());
        faults.put(key, entry);
        leases.begin(plan, now);
        var _ = owner.schedule(
                () -> step(() -> happen(key, new FaultEvent.Stop(RevertCause.ELAPSED))),
                plan.duration().toNanos(),
                TimeUnit.NANOSECONDS);
        perform(entry, first.effects());
        forgetOldest();
    }

    /// Says what would be done and does nothing of it.
    private void rehearse(Command command, FaultPlan plan, Instant now) {
        try {
            var steps = injections.prepare(plan, seed(plan.key())).steps();
            outlet.say(command.run(), now, new FaultRehearsed(plan.key().id(), command.id(), steps));
        } catch (InjectionFailed e) {
            outlet.say(command.run(), now, new FaultRejected(plan.key().id(), command.id(), List.of(e.reason())));
        }
    }

    private void reject(Command command, Decision.Reject rejection, Instant now) {
        var kind = command.action() instanceof Command.InjectFault(var spec, var _) ? spec.kind() : "";
        notes.decided(command, rejection.digest(), "", now);
        metrics.rejected(kind);
        var reasons = rejection.reasons();
        log.atWarn()
                .addKeyValue("run", command.run())
                .addKeyValue("reasons", reasons)
                .log("fault rejected");
        outlet.say(command.run(), now, new FaultRejected(rejection.fault(), command.id(), reasons));
    }

    /// Takes one step of a fault's life. What it brings about may happen within it, so the state is set first.
    private void happen(FaultKey key, FaultEvent event) {
        var entry = faults.get(key);
        if (entry != null) {
            var step = FaultLife.next(entry.plan, entry.state, event);
            entry.state = step.state();
            perform(entry, step.effects());
        }
    }

    private void perform(Entry entry, List<FaultEffect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case FaultEffect.Say(var event) -> say(entry.plan, event);
                case FaultEffect.Journal _ -> journal(entry);
                case FaultEffect.Apply _ -> entry.worker.apply();
                case FaultEffect.Undo _ -> entry.worker.undo();
                case FaultEffect.Strike _ -> notes.struck(entry.plan);
            }
        }
    }

    private void journal(Entry entry) {
        var plan = entry.plan;
        try {
            notes.undo(plan, entry.worker.injection().undo(), entry.endsAt);
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
        outlet.say(plan.key().run(), now, event);
        if (event instanceof LifecycleEvent.FaultApplied) {
            notes.applied(plan);
        }
    }

    private void beat() {
        var live = live();
        for (var key : leases.lapsed(live, clock.instant())) {
            log.atWarn().addKeyValue("fault", key).log("nobody has renewed its lease; it is reverted");
            happen(key, new FaultEvent.Stop(RevertCause.LEASE_LOST));
        }
        if (pulse.beat(live, clock.instant())) {
            log.atWarn().log("the broker is silent and the lease lost; every fault is reverted");
            live.forEach(plan -> happen(plan.key(), new FaultEvent.Stop(RevertCause.LEASE_LOST)));
        }
    }

    private List<FaultPlan> live() {
        return faults.values().stream()
                .filter(entry -> entry.state.live())
                .map(entry -> entry.plan)
                .toList();
    }

    private void forgetOldest() {
        var ended =
                faults.values().stream().filter(entry -> !entry.state.live()).toList();
        for (int i = 0; i < ended.size() - KEPT; i++) {
            faults.remove(ended.get(i).plan.key());
            metrics.forget(ended.get(i).plan);
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
