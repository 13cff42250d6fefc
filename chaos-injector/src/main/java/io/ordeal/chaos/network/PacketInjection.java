package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A fault on the packets of a namespace.
final class PacketInjection implements Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SAME_AGAIN = Duration.ofSeconds(2);

    private final Plan plan;
    private final InstantSource clock;
    private final PacketEffect effect;
    /// Its standard input stays open for as long as the table shall be there.
    private Optional<Process> owner = Optional.empty();

    /// What is to be made, and where.
    ///
    /// @param mark of the process that owns the table
    /// @param classes on the devices that are shaped
    /// @param sockets those that are closed, for a reset
    record Plan(
            Namespace namespace,
            TrafficFault fault,
            Ruleset rules,
            String mark,
            List<Shaping> classes,
            Optional<Sockets> sockets) {
        Plan {
            classes = List.copyOf(classes);
        }
    }

    PacketInjection(Plan plan, List<NetProbe> probes, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.effect = new PacketEffect(plan, probes);
    }

    @Override
    public Undo undo() {
        var parts = new ArrayList<Undo>();
        parts.add(new KillMarked(plan.mark()));
        parts.add(new RemoveTable(plan.namespace(), plan.rules().table()));
        plan.classes()
                .forEach(
                        shaping -> parts.add(new RemoveClass(shaping.namespace(), shaping.device(), shaping.number())));
        return new Undo.Several(parts);
    }

    @Override
    public List<String> steps() {
        var steps = new ArrayList<String>();
        for (var shaping : plan.classes()) {
            steps.add(String.join(" ", shaping.addRoot()) + " (unless it is there)");
            shaping.addClass(plan.fault()).forEach(command -> steps.add(String.join(" ", command)));
        }
        steps.add(String.join(" ", plan.namespace().enter("nft", "-i")));
        steps.addAll(plan.rules().commands());
        plan.sockets()
                .ifPresent(sockets -> sockets.commands().forEach(command -> steps.add(String.join(" ", command))));
        return steps;
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        try {
            effect.before();
            var actedAt = clock.instant();
            for (var shaping : plan.classes()) {
                shaping.add(plan.fault());
            }
            var _ = TableOwner.start(
                    plan.namespace(), plan.rules().table(), plan.rules().commands(), plan.mark());
            // After the rules, so that nothing that is closed can be opened again.
            plan.sockets().ifPresent(sockets -> effect.closed(sockets.close()));
            return actedAt;
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the packets cannot be touched", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var evidence = effect.look();
            if (evidence.isPresent()) {
                return evidence.get();
            }
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed("no effect shows within " + PATIENCE.toSeconds() + " s: " + effect.missing());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void revert() throws InjectionFailed {
        effect.close();
        owner.ifPresent(Process::destroy);
        try {
            undo().perform();
        } catch (IllegalStateException e) {
            throw new InjectionFailed("something of it is left", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        var undo = undo();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!undo.done()) {
                if (System.nanoTime() > deadline) {
                    throw new InjectionFailed("something of it is left: " + undo.evidence());
                }
                undo.perform();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            var evidence = new LinkedHashMap<>(undo.evidence());
            long same = System.nanoTime() + SAME_AGAIN.toNanos();
            var after = effect.after();
            while (!after.asBefore() && System.nanoTime() < same) {
                TimeUnit.MILLISECONDS.sleep(20);
                after = effect.after();
            }
            evidence.putAll(after.evidence());
            if (!plan.namespace().present()) {
                evidence.put("namespace", "gone, and the fault with it");
            }
            return evidence;
        } catch (IllegalStateException e) {
            throw new InjectionFailed("it cannot be seen whether it is gone", e);
        }
    }
}
