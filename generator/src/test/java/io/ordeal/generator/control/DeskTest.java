package io.ordeal.generator.control;

import static io.ordeal.generator.control.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.generator.run.RunLoad;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.Command.Action;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.lifecycle.LoadState;
import io.ordeal.schemas.load.SegmentPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeskTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = T0;
    private final List<Drive> drives = new ArrayList<>();
    private final List<LifecycleEvent.Event> said = new ArrayList<>();
    private Capacity capacity = Capacity.AMPLE;
    private final Desk desk =
            new Desk("generator@test", () -> now, this::drive, () -> capacity, event -> said.add(event.event()));

    @Test
    void drivesASegmentOnceItIsOursAndStarted() {
        own(0, 7);
        desk.plan(0, "run/0", plan("run", 0));
        assertThat(said).isEmpty();
        desk.commandsRead();
        assertThat(drives).isEmpty();
        assertThat(said).containsExactly(new SegmentTaken(0, 7));

        start(T0.plusSeconds(1));

        assertThat(drives).singleElement().satisfies(drive -> {
            assertThat(drive.epoch).isEqualTo(7);
            assertThat(drive.from).isEmpty();
        });
        assertThat(said).endsWith(new LoadChanged("start", LoadState.STARTED, "at " + T0.plusSeconds(1)));
    }

    @Test
    void refusesALoadThatTheProcessCannotHoldBeforeItBegins() {
        capacity = new Capacity(1024, 100, 28_000);
        own(0, 7);
        desk.plan(0, "run/0", Plans.users("run", 0, 2000));
        desk.commandsRead();
        desk.overdue(); // must not forget why

        start(T0.plusSeconds(1));

        assertThat(drives).isEmpty();
        assertThat(said.getLast())
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.reasons())
                                .singleElement()
                                .asString()
                                .contains("needs 1000 connections", "`ulimit -n 1356`"));
    }

    @Test
    void saysWhenASegmentIsFinished() {
        own(0, 7);
        desk.plan(0, "run/0", plan("run", 0));
        desk.commandsRead();
        start(T0.plusSeconds(1));

        drives.getFirst().onFinished.run();

        assertThat(said).endsWith(new SegmentFinished(0, 7));
    }

    @Test
    void doesNotMindWhenThePlanComesAfterTheStart() {
        desk.commandsRead();
        own(0, 1);
        start(T0.plusSeconds(1));

        desk.plan(0, "run/0", plan("run", 0));

        assertThat(drives)
                .singleElement()
                .satisfies(drive -> assertThat(drive.from).isEmpty());
    }

    @Test
    void takesOverWhatStartedBeforeItBecameOurs() {
        desk.commandsRead();
        start(T0);
        now = T0.plusSeconds(20);
        own(0, 2);

        desk.plan(0, "run/0", plan("run", 0));

        assertThat(drives)
                .singleElement()
                .satisfies(drive -> assertThat(drive.from).contains(now.plus(Farewells.NOTICE)));
    }

    @Test
    void waitsForTheWholeHistoryBeforeItStartsAnything() {
        own(0, 1);
        desk.plan(0, "run/0", plan("run", 0));
        start(T0);
        command("stop", new Command.StopLoad("enough"));

        desk.commandsRead();

        assertThat(drives).isEmpty();
    }

    @Test
    void waitsUntilEveryPlanOfThePartitionIsRead() {
        desk.commandsRead();
        start(T0);
        desk.taken(0, 1);
        desk.plan(0, "run/0", plan("run", 0));
        desk.planRemoved("run/0");

        desk.plansRead(0);

        assertThat(drives).isEmpty();
    }

    @Test
    void tellsTheSegmentsOfARunWhatHasChanged() {
        running();

        command("pause", new Command.PauseLoad());

        assertThat(drives.getFirst().changes.getLast())
                .isInstanceOfSatisfying(
                        RunLoad.Started.class, load -> assertThat(load.paused()).isTrue());
        assertThat(said).contains(new LoadChanged("pause", LoadState.PAUSED, ""));
    }

    @Test
    void carriesOutARepeatedCommandOnce() {
        running();
        command("stop", new Command.StopLoad("x"));
        int before = said.size();

        command("stop", new Command.StopLoad("x"));

        assertThat(said).hasSize(before);
    }

    @Test
    void refusesAnotherCommandWithTheSameId() {
        running();

        command("start", new Command.StopLoad("x"));

        assertThat(said.getLast())
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.reasons().getFirst()).contains("had the id start already"));
        assertThat(drives.getFirst().changes).noneMatch(RunLoad.Stopped.class::isInstance);
    }

    @Test
    void refusesAnUnknownRunWhenItOwnsTheFirstPartition() {
        desk.commandsRead();
        own(0, 1);
        command("pause", new Command.PauseLoad());
        now = T0.plusSeconds(4);

        desk.overdue();
        desk.overdue();

        assertThat(said)
                .singleElement()
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.reasons().getFirst()).contains("`run` has no plan"));
    }

    @Test
    void leavesItToTheFormerOwnerToRefuseWhatCameBeforeItsTime() {
        desk.commandsRead();
        command("pause", new Command.PauseLoad());
        now = T0.plusSeconds(10);
        own(0, 1);

        desk.overdue();

        assertThat(said).isEmpty();
    }

    @Test
    void saysNothingOfAnUnknownRunWhenAnotherOwnsTheFirstPartition() {
        desk.commandsRead();
        own(1, 1);
        command("pause", new Command.PauseLoad());
        now = T0.plusSeconds(4);

        desk.overdue();

        assertThat(said).isEmpty();
    }

    @Test
    void refusesToStartAPlanThatCannotBeDriven() {
        desk.commandsRead();
        own(0, 1);
        desk.plan(0, "run/0", plan("run", 0, "ftp://127.0.0.1", Duration.ZERO));

        start(T0);

        assertThat(drives).isEmpty();
        assertThat(said.getLast())
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.reasons()).hasSize(2));
    }

    @Test
    void drivesWhatIsTakenAwayUntilTheNextOwnerSaysFromWhenOnItDoes() {
        running();
        desk.left(0);
        command("pause", new Command.PauseLoad());
        desk.owned("run", 0, 1, T0);
        desk.owned("run", 3, 2, T0);

        assertThat(drives.getFirst().handedOver).isEmpty();
        assertThat(drives.getFirst().changes).isNotEmpty();
        assertThat(desk.succeeded()).isFalse();

        desk.owned("run", 0, 2, T0.plusSeconds(2));

        assertThat(drives.getFirst().handedOver).contains(T0.plusSeconds(2).plus(Farewells.NOTICE));
        assertThat(desk.succeeded()).isTrue();
    }

    @Test
    void leavesWhatIsTakenAwayWhenNoOwnerComes() {
        running();
        desk.left(0);
        now = T0.plusSeconds(16);

        desk.overdue();

        assertThat(drives.getFirst().handedOver).contains(now);
    }

    @Test
    void leavesWhatALaterOwnerHasEvenBeforeTheGroupSaysSo() {
        running();

        desk.owned("run", 0, 5, T0.minusSeconds(3));

        assertThat(drives.getFirst().handedOver).contains(T0.minusSeconds(3).plus(Farewells.NOTICE));
    }

    @Test
    void doesNotWaitForAnOwnerOfWhatIsFinished() {
        running();
        drives.getFirst().onFinished.run();

        desk.left(0);

        assertThat(desk.succeeded()).isTrue();
    }

    @Test
    void drivesAnewWhatComesBack() {
        running();
        desk.left(0);
        now = T0.plusSeconds(10);
        own(0, 9);

        desk.plan(0, "run/0", plan("run", 0));

        assertThat(drives).hasSize(2);
        assertThat(drives.getLast().epoch).isEqualTo(9);
        assertThat(drives.getLast().from).isPresent();
    }

    @Test
    void leavesARunAloneThatWasOverLongAgo() {
        desk.commandsRead();
        start(T0);
        now = T0.plus(Duration.ofHours(1));
        own(0, 1);

        desk.plan(0, "run/0", plan("run", 0));

        assertThat(drives).isEmpty();
    }

    @Test
    void saysNothingAboutCommandsOfLongAgo() {
        now = T0.plus(Duration.ofHours(1));
        desk.commandsRead();
        own(0, 1);
        desk.plan(0, "run/0", plan("run", 0));

        start(T0);

        assertThat(said).containsExactly(new SegmentTaken(0, 1));
    }

    private void running() {
        desk.commandsRead();
        own(0, 1);
        desk.plan(0, "run/0", plan("run", 0));
        start(T0);
    }

    private void own(int partition, int generation) {
        desk.taken(partition, generation);
        desk.plansRead(partition);
    }

    private void start(Instant at) {
        command("start", new Command.StartLoad(at));
    }

    private void command(String id, Action action) {
        desk.command(new Ordered(new Command(id, "run", T0, Optional.empty(), "", action), T0));
    }

    private Fleet.Driven drive(
            SegmentPlan plan, int epoch, RunLoad.Started load, Optional<Instant> from, Runnable onFinished) {
        var drive = new Drive(epoch, from, onFinished);
        drives.add(drive);
        return drive;
    }

    private static final class Drive implements Fleet.Driven {
        private final int epoch;
        private final Optional<Instant> from;
        private final Runnable onFinished;
        private final List<RunLoad> changes = new ArrayList<>();
        private Optional<Instant> handedOver = Optional.empty();

        Drive(int epoch, Optional<Instant> from, Runnable onFinished) {
            this.epoch = epoch;
            this.from = from;
            this.onFinished = onFinished;
        }

        @Override
        public void change(RunLoad load) {
            changes.add(load);
        }

        @Override
        public void handOver(Instant instant) {
            handedOver = Optional.of(instant);
        }
    }
}
