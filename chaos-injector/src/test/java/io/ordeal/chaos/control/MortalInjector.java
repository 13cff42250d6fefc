package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Injections;
import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// An injector that dies of SIGKILL at a step of three faults: a signal, a helper and one in two steps.
final class MortalInjector {
    /// Where it dies. Before the undo is journalled, the last of the faults has got no further; otherwise all three
    /// have come so far.
    enum Step {
        BEFORE_JOURNAL,
        AFTER_JOURNAL,
        HALF_APPLIED,
        APPLIED,
        HALF_UNDONE
    }

    private static final int FAULTS = 3;

    private MortalInjector() {}

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var step = Step.valueOf(args[2]);
        var journal = Journal.open(folder, Instant.now());
        var guard = Guard.start(folder);
        System.out.println("guard " + guard.pid());
        var configuration = InjectorConfiguration.parse("small.yaml", Files.readString(Path.of(args[1])));
        var targets = Targets.start(configuration, folder, journal, InstantSource.system());
        var heard = new Heard();
        var controller = new Controller(
                configuration,
                new Controller.World(
                        new Mortals(targets, step),
                        journal,
                        heard,
                        new FaultMetrics(new PrometheusRegistry()),
                        guard::alive,
                        InstantSource.system()));
        var minute = Duration.ofMinutes(1);
        controller.command(Commands.inject("p", "pause", "paused", minute, Map.of()));
        controller.command(Commands.inject("c", "cpu", "host", minute, Map.of("load", "10%", "cores", "1")));
        var grace = step == Step.HALF_APPLIED || step == Step.AFTER_JOURNAL ? "30s" : "100ms";
        controller.command(Commands.inject("o", "overrun", "overrun", minute, Map.of("grace", grace)));
        if (step == Step.HALF_UNDONE) {
            heard.await(FaultApplied.class, FAULTS);
            controller.command(Commands.command(new Command.ClearAllFaults("enough")));
        }
        new CountDownLatch(1).await();
    }

    private record Mortals(Injections live, Step step, CountDownLatch arrived) implements Injections {
        Mortals(Injections live, Step step) {
            this(live, step, new CountDownLatch(step == Step.BEFORE_JOURNAL ? 1 : FAULTS));
        }

        @Override
        public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
            boolean last = plan.key().id().equals("o");
            return new Mortal(live.prepare(plan, seed), this, last);
        }

        /// Dies here, when all that are to have come.
        private void at(Step here) throws InterruptedException {
            if (here == step) {
                arrived.countDown();
                arrived.await();
                Posix.kill(ProcessHandle.current().pid(), Posix.SIGKILL);
            }
        }
    }

    private record Mortal(Injection live, Mortals fate, boolean last) implements Injection {
        @Override
        public Undo undo() {
            if (last && fate.step() == Step.BEFORE_JOURNAL) {
                Posix.kill(ProcessHandle.current().pid(), Posix.SIGKILL);
            }
            return live.undo();
        }

        @Override
        public List<String> steps() {
            return live.steps();
        }

        @Override
        public Instant act() throws InjectionFailed, InterruptedException {
            fate.at(Step.AFTER_JOURNAL);
            var actedAt = live.act();
            fate.at(Step.HALF_APPLIED);
            return actedAt;
        }

        @Override
        public Map<String, String> see() throws InjectionFailed, InterruptedException {
            var seen = live.see();
            fate.at(Step.APPLIED);
            return seen;
        }

        @Override
        public void revert() throws InjectionFailed, InterruptedException {
            live.revert();
            fate.at(Step.HALF_UNDONE);
        }

        @Override
        public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
            return live.seeGone();
        }
    }
}
