package io.ordeal.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.generator.schedule.Timeline;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.Command.Action;
import io.ordeal.schemas.lifecycle.LoadState;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommandsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<LoadPhase> PHASES = List.of(
            new LoadPhase("users", LoadModel.CONSTANT_USERS, 5, 5, Duration.ofSeconds(10), true, 1),
            new LoadPhase("rate", LoadModel.CONSTANT_RATE, 5, 5, Duration.ofSeconds(10), true, 1));
    private static final RunLoad WAITING = new RunLoad.Waiting(new Streams(List.of(mix())));
    private static final RunLoad BESIDE = new RunLoad.Waiting(new Streams(List.of(mix(), own("admin"))));
    private static final RunLoad ALONE = new RunLoad.Waiting(new Streams(List.of(own("admin"), own("audit"))));

    @Test
    void startsWhatWaits() {
        var step = decide(WAITING, new Command.StartLoad(START), START.minusSeconds(1));

        assertThat(step.answer())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.state()).isEqualTo(LoadState.STARTED));
        assertThat(step.load()).isInstanceOf(RunLoad.Started.class);
    }

    @Test
    void refusesToStartTwice() {
        var step = decide(started(), new Command.StartLoad(START), START);

        assertRefused(step, "started already");
    }

    @Test
    void refusesWhatHasExpired() {
        var command = new Command("c", "r", START, Optional.of(START.plusSeconds(5)), "", new Command.StartLoad(START));

        var step = Commands.decide(WAITING, command, START.plusSeconds(6));

        assertRefused(step, "expired");
        assertThat(step.load()).isEqualTo(WAITING);
    }

    @Test
    void expiresAfterAMinuteWhenNothingIsSaid() {
        var command = new Command("c", "r", START, Optional.empty(), "", new Command.StartLoad(START));

        assertRefused(Commands.decide(WAITING, command, START.plusSeconds(61)), "expired");
        assertThat(Commands.decide(WAITING, command, START.plusSeconds(60)).answer())
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void adjustsTheModelOfThePhaseUnderWay() {
        var step = decide(started(), rate(9), START.plusSeconds(15));

        assertThat(timeline(step, Optional.empty()).stretches()).hasSize(3);
        assertThat(step.answer()).isEqualTo(new Answer.Done(LoadState.ADJUSTED, "rate 9/s"));
    }

    @Test
    void refusesToAdjustWhatThePhaseDoesNotHave() {
        assertRefused(decide(started(), rate(9), START.plusSeconds(5)), "adjust `users`");
        assertRefused(decide(started(), users(9), START.plusSeconds(15)), "adjust `rate`");
        assertRefused(decide(started(), users(9), START.plusSeconds(25)), "last phase is over");
        assertRefused(decide(WAITING, users(9), START), "not started");
    }

    @Test
    void refusesAnAdjustmentToNothingOrToTwoThingsOrToNonsense() {
        var started = started();

        assertRefused(
                decide(started, new Command.AdjustLoad(Optional.empty(), Optional.empty()), START.plusSeconds(5)),
                "either");
        assertRefused(
                decide(started, new Command.AdjustLoad(Optional.of(1.0), Optional.of(1.0)), START.plusSeconds(5)),
                "either");
        assertRefused(decide(started, users(-1), START.plusSeconds(5)), "either");
        assertRefused(decide(started, users(Double.NaN), START.plusSeconds(5)), "either");
    }

    @Test
    void adjustsTheLoadOfOneScenarioAlone() {
        var started = decide(BESIDE, new Command.StartLoad(START), START).load();

        var step = decide(
                started,
                new Command.AdjustLoad(Optional.empty(), Optional.of(9.0), Optional.of("admin")),
                START.plusSeconds(5));

        assertThat(step.answer()).isEqualTo(new Answer.Done(LoadState.ADJUSTED, "users 9 of `admin`"));
        assertThat(timeline(step, Optional.of("admin")).stretches()).hasSize(3);
        assertThat(timeline(step, Optional.empty()).stretches()).hasSize(2);
    }

    @Test
    void namesTheScenariosThatHaveLoadsOfTheirOwn() {
        var unknown = new Command.AdjustLoad(Optional.of(1.0), Optional.empty(), Optional.of("amin"));
        var beside = decide(BESIDE, new Command.StartLoad(START), START).load();
        var alone = decide(ALONE, new Command.StartLoad(START), START).load();

        assertRefused(
                decide(beside, unknown, START.plusSeconds(5)), "`amin` has no load of its own; these have: `admin`");
        assertRefused(decide(started(), unknown, START.plusSeconds(5)), "no scenario has");
        assertRefused(decide(alone, rate(1), START.plusSeconds(5)), "name one of `admin`, `audit`");
    }

    @Test
    void anAbortIsHeardAfterAGracefulStop() {
        var stopped = decide(started(), new Command.StopLoad("enough"), START.plusSeconds(1))
                .load();

        assertThat(decide(stopped, new Command.AbortRun("now"), START.plusSeconds(2))
                        .load())
                .isEqualTo(new RunLoad.Stopped("now", false));
    }

    @Test
    void pausesAndResumes() {
        var paused = decide(started(), new Command.PauseLoad(), START.plusSeconds(1));

        var resumed = decide(paused.load(), new Command.ResumeLoad(), START.plusSeconds(2));

        assertThat(((RunLoad.Started) paused.load()).paused()).isTrue();
        assertThat(resumed.load()).isEqualTo(started());
    }

    @Test
    void stopsForGood() {
        var stopped = decide(started(), new Command.StopLoad("enough"), START.plusSeconds(1))
                .load();

        assertThat(stopped).isEqualTo(new RunLoad.Stopped("enough"));
        assertRefused(decide(stopped, new Command.StartLoad(START), START.plusSeconds(2)), "cannot be started again");
        assertRefused(decide(stopped, new Command.ResumeLoad(), START.plusSeconds(2)), "stopped");
    }

    @Test
    void abortingARunStopsItsLoad() {
        assertThat(decide(started(), new Command.AbortRun("x"), START).load())
                .isEqualTo(new RunLoad.Stopped("x", false));
    }

    @Test
    void leavesFaultsToOthers() {
        var step = decide(started(), new Command.ClearAllFaults(""), START);

        assertThat(step.answer()).isEqualTo(new Answer.Silent());
        assertThat(step.load()).isEqualTo(started());
    }

    private static Streams.Load mix() {
        return new Streams.Load(Optional.empty(), List.of(0), Timeline.of(PHASES, 0, new Seed(1)));
    }

    private static Streams.Load own(String scenario) {
        return new Streams.Load(Optional.of(scenario), List.of(1), Timeline.of(PHASES, 0, new Seed(2)));
    }

    private static Timeline timeline(Commands.Step step, Optional<String> scenario) {
        return ((RunLoad.Started) step.load())
                .streams()
                .of(scenario)
                .orElseThrow()
                .timeline();
    }

    private static RunLoad started() {
        return decide(WAITING, new Command.StartLoad(START), START).load();
    }

    private static Commands.Step decide(RunLoad load, Action action, Instant taken) {
        return Commands.decide(load, new Command("c", "r", taken, Optional.empty(), "", action), taken);
    }

    private static Action rate(double rate) {
        return new Command.AdjustLoad(Optional.of(rate), Optional.empty());
    }

    private static Action users(double users) {
        return new Command.AdjustLoad(Optional.empty(), Optional.of(users));
    }

    private static void assertRefused(Commands.Step step, String because) {
        assertThat(step.answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reasons())
                                .singleElement()
                                .asString()
                                .contains(because));
    }
}
