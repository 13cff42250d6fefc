package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.fault.Configurations;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultState;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Injections;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.journal.JournalContents;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRehearsed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final List<String> deeds = new CopyOnWriteArrayList<>();
    private final List<Boolean> journalledWhenSaid = new CopyOnWriteArrayList<>();
    private Journal journal;
    private Controller controller;
    private volatile boolean guarded = true;
    private volatile Behaviour behaviour = Behaviour.GOOD;

    private enum Behaviour {
        GOOD,
        ABSENT,
        INVISIBLE,
        SLOW_TO_SHOW,
        STUCK
    }

    @BeforeEach
    void start() throws IOException {
        begin(Configurations.usual());
    }

    @AfterEach
    void stop() throws IOException {
        behaviour = Behaviour.GOOD;
        controller.close();
        journal.close();
    }

    @Test
    void journalsThenActsThenConfirmsAndRevertsWhenTheTimeIsOver() {
        controller.command(pause("f-1", Duration.ofMillis(300)));
        var applied = heard.await(FaultApplied.class);
        var reverted = heard.await(FaultReverted.class);
        assertThat(applied.evidence()).containsEntry("seen", "yes");
        assertThat(reverted.cause()).isEqualTo(RevertCause.ELAPSED);
        assertThat(reverted.evidence()).containsEntry("gone", "yes");
        assertThat(deeds).containsExactly("act, journalled", "revert");
        assertThat(heard.facts()).hasSize(3).first().isInstanceOf(FaultAccepted.class);
        assertThat(open()).isEmpty();
    }

    @Test
    void journalsThatAFaultIsAppliedBeforeItSaysSo() {
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        assertThat(journalledWhenSaid).containsExactly(true);
    }

    @Test
    void revertsWhatIsCleared() {
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        controller.command(Commands.command(new Command.ClearFault("f-1", "enough")));
        assertThat(heard.await(FaultReverted.class).cause()).isEqualTo(RevertCause.CLEARED);
    }

    @Test
    void revertsEverythingAtOneLever() {
        controller.command(pause("f-1", LONG));
        controller.command(Commands.inject("f-2", "latency", "api", LONG, Map.of("latency", "5ms")));
        heard.await(FaultApplied.class, 2);
        controller.command(Commands.command(new Command.ClearAllFaults("enough")));
        controller.command(Commands.command(new Command.ClearAllFaults("really")));
        heard.await(FaultReverted.class, 2);
        assertThat(deeds).filteredOn("revert"::equals).hasSize(2);
    }

    @Test
    void revertsTheFaultsOfARunThatIsAborted() {
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        controller.command(Commands.command(new Command.AbortRun("guard")));
        heard.await(FaultReverted.class);
        assertThat(deeds).endsWith("revert");
    }

    @Test
    void revertsWhenNobodyHearsItAnyMore() throws IOException {
        stop();
        var limits = new Limits(Duration.ofMinutes(10), 2, 1000, Duration.ofSeconds(2), Set.of(), List.of(), List.of());
        begin(new InjectorConfiguration(Configurations.usual().targets(), limits));
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        heard.goDeaf();
        assertThat(heard.await(FaultReverted.class).cause()).isEqualTo(RevertCause.LEASE_LOST);
    }

    @Test
    void revertsWhenItIsClosed() {
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        controller.close();
        assertThat(heard.await(FaultReverted.class).cause()).isEqualTo(RevertCause.SHUT_DOWN);
    }

    @Test
    void revertsAFaultWhoseLeaseNobodyRenews() {
        controller.command(leased("f-1", Duration.ofSeconds(1)));
        heard.await(FaultApplied.class);
        assertThat(heard.await(FaultReverted.class).cause()).isEqualTo(RevertCause.LEASE_LOST);
        assertThat(deeds).endsWith("revert");
    }

    @Test
    void keepsAFaultWhoseLeaseIsRenewed() {
        controller.command(leased("f-1", Duration.ofSeconds(2)));
        controller.command(leased("f-2", Duration.ofSeconds(2), "other"));
        heard.await(FaultApplied.class, 2);
        var renewing = Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200));
        renewing.until(() -> {
            controller.command(Commands.command(new Command.RenewFaults()));
            return heard.facts().stream().anyMatch(FaultReverted.class::isInstance);
        });
        assertThat(heard.await(FaultReverted.class).fault())
                .as("the run that nobody renews")
                .isEqualTo("f-2");
        assertThat(controller.faults().getFirst().state()).isInstanceOf(FaultState.Applied.class);
    }

    @Test
    void rehearsesStepByStepAndDoesNothing() {
        var spec = ((Command.InjectFault) pause("f-1", LONG).action()).fault();
        controller.command(Commands.command(new Command.InjectFault(spec, true)));
        assertThat(heard.await(FaultRehearsed.class).steps()).containsExactly("act");
        assertThat(deeds).isEmpty();
        assertThat(open()).isEmpty();
        assertThat(controller.faults()).isEmpty();
        controller.command(Commands.command(new Command.InjectFault(spec)));
        heard.await(FaultApplied.class);
    }

    @Test
    void saysWhyARehearsedFaultWouldBeRejected() {
        behaviour = Behaviour.ABSENT;
        var spec = ((Command.InjectFault) pause("f-1", LONG).action()).fault();
        controller.command(Commands.command(new Command.InjectFault(spec, true)));
        assertThat(heard.await(FaultRejected.class).reasons()).containsExactly("api does not run");
    }

    @Test
    void tellsAtOnceWhichFaultsTheLeverEnds() {
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
        controller.command(Commands.command(new Command.ClearAllFaults("enough"), "lever"));
        Awaitility.await()
                .atMost(Duration.ofMillis(900))
                .until(() -> heard.beats("lever").equals(List.of(List.of("f-1"))));
    }

    @Test
    void rejectsWithEveryReasonAndChangesNothing() {
        controller.command(Commands.inject("f-1", "meteor", "moon", Duration.ofDays(2), Map.of()));
        assertThat(heard.await(FaultRejected.class).reasons()).hasSize(3);
        assertThat(deeds).isEmpty();
        assertThat(open()).isEmpty();
        controller.command(pause("f-2", LONG));
        heard.await(FaultApplied.class);
    }

    @Test
    void rejectsAFaultWhoseTargetIsNotThere() {
        behaviour = Behaviour.ABSENT;
        controller.command(pause("f-1", LONG));
        assertThat(heard.await(FaultRejected.class).reasons()).containsExactly("api does not run");
        behaviour = Behaviour.GOOD;
        controller.command(pause("f-1", LONG));
        heard.await(FaultApplied.class);
    }

    @Test
    void rejectsEveryFaultWhileItIsNotGuarded() {
        guarded = false;
        controller.command(pause("f-1", LONG));
        assertThat(heard.await(FaultRejected.class).reasons())
                .singleElement()
                .asString()
                .contains("guard");
        assertThat(deeds).isEmpty();
    }

    @Test
    void undoesWhatDoesNotShow() {
        behaviour = Behaviour.INVISIBLE;
        controller.command(pause("f-1", LONG));
        var failed = heard.await(FaultFailed.class);
        assertThat(failed.undone()).isTrue();
        assertThat(failed.reason()).isEqualTo("nothing shows");
        assertThat(deeds).endsWith("revert");
        assertThat(open()).isEmpty();
    }

    @Test
    void undoesWhatTakesLongerToShowThanItMayLast() {
        behaviour = Behaviour.SLOW_TO_SHOW;
        controller.command(pause("f-1", Duration.ofMillis(200)));
        assertThat(heard.await(FaultFailed.class).reason()).isEqualTo("ended before its effect was seen: ELAPSED");
        assertThat(deeds).endsWith("revert");
    }

    @Test
    void keepsTheUndoOfWhatCouldNotBeUndoneAndTriesAgainWhenCleared() {
        behaviour = Behaviour.STUCK;
        controller.command(pause("f-1", Duration.ofMillis(100)));
        assertThat(heard.await(FaultFailed.class).undone()).isFalse();
        assertThat(open()).hasSize(1);
        behaviour = Behaviour.GOOD;
        controller.command(Commands.command(new Command.ClearAllFaults("again")));
        assertThat(heard.await(FaultFailed.class, 2).undone()).isTrue();
        assertThat(open()).isEmpty();
    }

    @Test
    void doesTheSameCommandOnceInThisLifeAndTheNext() throws IOException {
        var command = pause("f-1", Duration.ofMillis(100));
        controller.command(command);
        controller.command(command);
        heard.await(FaultReverted.class);
        stop();
        begin(Configurations.usual());
        controller.command(command);
        controller.command(pause("f-2", Duration.ofMillis(100)));
        heard.await(FaultReverted.class, 2);
        assertThat(heard.facts()).filteredOn(FaultAccepted.class::isInstance).hasSize(2);
    }

    @Test
    void refusesToClearWhatIsUnknown() {
        controller.command(Commands.command(new Command.ClearFault("f-9", "why")));
        assertThat(heard.await(CommandRefused.class).reasons()).hasSize(1);
    }

    @Test
    void endsAFaultThatIsClearedInTheMiddleOfItsBeginning() {
        behaviour = Behaviour.SLOW_TO_SHOW;
        controller.command(pause("f-1", LONG));
        Awaitility.await().until(() -> !deeds.isEmpty());
        controller.command(Commands.command(new Command.ClearAllFaults("at once")));
        assertThat(heard.await(FaultFailed.class).undone()).isTrue();
        assertThat(deeds).containsExactly("act, journalled", "revert");
    }

    private void begin(InjectorConfiguration configuration) throws IOException {
        journal = Journal.open(folder, Instant.now());
        controller = new Controller(
                configuration,
                new Controller.World(
                        new Fakes(),
                        journal,
                        new Witness(),
                        new FaultMetrics(new PrometheusRegistry()),
                        () -> guarded,
                        InstantSource.system()));
    }

    private static Command pause(String id, Duration duration) {
        return Commands.inject(id, "pause", "api", duration, Map.of());
    }

    private static Command leased(String id, Duration lease) {
        return leased(id, lease, "run");
    }

    private static Command leased(String id, Duration lease, String run) {
        var kind = id.equals("f-1") ? "pause" : "latency";
        var parameters = id.equals("f-1") ? Map.<String, String>of() : Map.of("latency", "5ms");
        var spec = new FaultSpec(id, kind, "api", parameters, LONG, 1, Duration.ZERO).leased(lease);
        return Commands.command(new Command.InjectFault(spec), run);
    }

    private List<JournalContents.Entry> open() {
        try {
            return JournalContents.of(Files.readString(folder.resolve("undo.journal")))
                    .entries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Looks into the journal when a fault is said to be applied, as a next life would.
    private final class Witness implements Outlet {
        @Override
        public void say(String run, Instant at, LifecycleEvent.Event event) {
            if (event instanceof FaultApplied) {
                journalledWhenSaid.add(open().stream().allMatch(JournalContents.Entry::applied));
            }
            heard.say(run, at, event);
        }

        @Override
        public long heardAt() {
            return heard.heardAt();
        }
    }

    /// Injections that do nothing but say what was done.
    private final class Fakes implements Injections {
        @Override
        public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
            if (behaviour == Behaviour.ABSENT) {
                throw new InjectionFailed("api does not run");
            }
            return new Fake();
        }
    }

    private final class Fake implements Injection {
        @Override
        public Undo undo() {
            return new Undo.WithInjector();
        }

        @Override
        public List<String> steps() {
            return List.of("act");
        }

        @Override
        public Instant act() {
            deeds.add(open().isEmpty() ? "act, not journalled" : "act, journalled");
            return Instant.now();
        }

        @Override
        public Map<String, String> see() throws InjectionFailed, InterruptedException {
            return switch (behaviour) {
                case INVISIBLE -> throw new InjectionFailed("nothing shows");
                case SLOW_TO_SHOW -> {
                    new CountDownLatch(1).await();
                    yield Map.of();
                }
                case GOOD, ABSENT, STUCK -> Map.of("seen", "yes");
            };
        }

        @Override
        public void revert() throws InjectionFailed {
            deeds.add("revert");
            if (behaviour == Behaviour.STUCK) {
                throw new InjectionFailed("it sticks");
            }
        }

        @Override
        public Map<String, String> seeGone() {
            return Map.of("gone", "yes");
        }
    }
}
