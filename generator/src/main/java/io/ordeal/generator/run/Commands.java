package io.ordeal.generator.run;

import io.ordeal.generator.schedule.Adjustment;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.generator.schedule.Timeline;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.Command.AbortRun;
import io.ordeal.schemas.control.Command.AdjustLoad;
import io.ordeal.schemas.control.Command.ClearAllFaults;
import io.ordeal.schemas.control.Command.ClearFault;
import io.ordeal.schemas.control.Command.InjectFault;
import io.ordeal.schemas.control.Command.PauseLoad;
import io.ordeal.schemas.control.Command.RenewFaults;
import io.ordeal.schemas.control.Command.ResumeLoad;
import io.ordeal.schemas.control.Command.StartLoad;
import io.ordeal.schemas.control.Command.StopLoad;
import io.ordeal.schemas.lifecycle.LoadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What commands make of a run's load: a pure function, so that every generator, and one that reads the control
/// topic hours later, comes to the same schedule.
public final class Commands {
    /// How long after the broker took it an adjustment acts: every generator has read it by then, and all change
    /// over in the same instant.
    public static final Duration LEAD = Duration.ofMillis(200);

    private static final Duration VALID = Duration.ofMinutes(1);
    private static final double GREATEST = 1e7;

    private Commands() {}

    /// Whether `command` concerns load at all.
    public static boolean concernsLoad(Command command) {
        return switch (command.action()) {
            case StartLoad _, AdjustLoad _, PauseLoad _, ResumeLoad _, StopLoad _, AbortRun _ -> true;
            case InjectFault _, RenewFaults _, ClearFault _, ClearAllFaults _ -> false;
        };
    }

    /// Returns when `command` stops being valid.
    public static Instant expires(Command command) {
        return command.expiresAt().orElseGet(() -> command.issuedAt().plus(VALID));
    }

    /// Returns what `command`, which the broker took at `taken`, makes of `load`, and the answer to it.
    public static Step decide(RunLoad load, Command command, Instant taken) {
        if (taken.isAfter(expires(command))) {
            return refused(load, "it expired at " + expires(command) + "; send it again with a later expiry");
        }
        return switch (command.action()) {
            case StartLoad(var startAt) -> start(load, startAt);
            case AdjustLoad adjust -> adjust(load, adjust, taken);
            case PauseLoad _ -> pause(load, true);
            case ResumeLoad _ -> pause(load, false);
            case StopLoad(var reason) -> stop(load, new RunLoad.Stopped(reason));
            case AbortRun(var reason) -> stop(load, new RunLoad.Stopped(reason, false));
            case InjectFault _, RenewFaults _, ClearFault _, ClearAllFaults _ -> new Step(load, new Answer.Silent());
        };
    }

    private static Step start(RunLoad load, Instant startAt) {
        return switch (load) {
            case RunLoad.Waiting(var streams) ->
                done(new RunLoad.Started(startAt, streams, false), LoadState.STARTED, "at " + startAt);
            case RunLoad.Started started -> refused(load, "it was started already, at " + started.startAt());
            case RunLoad.Stopped _ -> refused(load, "it was stopped; a run cannot be started again");
        };
    }

    private static Step adjust(RunLoad load, AdjustLoad adjust, Instant taken) {
        var adjustment = adjustment(adjust);
        if (adjustment.isEmpty()) {
            return refused(load, "give either `rate` or `users`, from 0 to 10000000");
        }
        return switch (load) {
            case RunLoad.Waiting _ -> refused(load, "it is not started yet");
            case RunLoad.Stopped _ -> refused(load, "it was stopped");
            case RunLoad.Started started ->
                started.streams()
                        .of(adjust.scenario())
                        .map(stream -> adjust(started, stream, adjustment.get(), taken))
                        .orElseGet(() -> refused(load, unknown(started.streams(), adjust.scenario())));
        };
    }

    private static Step adjust(RunLoad.Started started, Streams.Load stream, Adjustment adjustment, Instant taken) {
        long at = started.offset(taken.plus(LEAD));
        return stream.timeline()
                .adjusted(at, adjustment)
                .map(timeline -> done(
                        started.with(started.streams().with(stream, timeline)),
                        LoadState.ADJUSTED,
                        RunLoad.describe(adjustment)
                                + stream.scenario()
                                        .map(name -> " of `" + name + "`")
                                        .orElse("")))
                .orElseGet(() -> refused(started, misfit(stream.timeline(), at, adjustment)));
    }

    private static String unknown(Streams streams, Optional<String> scenario) {
        var own = streams.own();
        return scenario.map(name -> "scenario `" + name + "` has no load of its own; "
                        + (own.isEmpty() ? "no scenario has, so leave it out" : "these have: " + own))
                .orElseGet(() -> "every scenario has a load of its own; name one of " + own);
    }

    private static Optional<Adjustment> adjustment(AdjustLoad adjust) {
        if (adjust.rate().isPresent() == adjust.users().isPresent()) {
            return Optional.empty();
        }
        return adjust.rate()
                .<Adjustment>map(Adjustment.ToRate::new)
                .or(() -> adjust.users().map(Adjustment.ToUsers::new))
                .filter(_ -> sensible(adjust.rate()) && sensible(adjust.users()));
    }

    private static boolean sensible(Optional<Double> number) {
        return number.isEmpty() || (number.get() >= 0 && number.get() <= GREATEST);
    }

    private static String misfit(Timeline timeline, long at, Adjustment adjustment) {
        if (at < timeline.start()) {
            return "its first phase has not begun";
        }
        if (at >= timeline.end()) {
            return "its last phase is over";
        }
        return switch (adjustment) {
            case Adjustment.ToRate _ -> "the phase under way has users, not a rate; adjust `users`";
            case Adjustment.ToUsers _ -> "the phase under way has a rate, not users; adjust `rate`";
        };
    }

    private static Step pause(RunLoad load, boolean paused) {
        return switch (load) {
            case RunLoad.Waiting _ -> refused(load, "it is not started yet");
            case RunLoad.Stopped _ -> refused(load, "it was stopped");
            case RunLoad.Started started ->
                done(
                        started.with(paused),
                        paused ? LoadState.PAUSED : LoadState.RESUMED,
                        started.paused() == paused ? "it was so already" : "");
        };
    }

    private static Step stop(RunLoad load, RunLoad.Stopped stopped) {
        return switch (load) {
            case RunLoad.Waiting _, RunLoad.Started _ -> done(stopped, LoadState.STOPPED, stopped.reason());
            case RunLoad.Stopped before
            when before.graceful() && !stopped.graceful() -> done(stopped, LoadState.STOPPED, stopped.reason());
            case RunLoad.Stopped _ -> done(load, LoadState.STOPPED, "it was so already");
        };
    }

    private static Step done(RunLoad load, LoadState state, String detail) {
        return new Step(load, new Answer.Done(state, detail));
    }

    private static Step refused(RunLoad load, String reason) {
        return new Step(load, Answer.Refused.because(reason));
    }

    /// One step of a run's load.
    ///
    /// @param load what it is now
    /// @param answer what to say to the command
    public record Step(RunLoad load, Answer answer) {}
}
