package io.ordeal.generator.control;

import io.ordeal.generator.run.Answer;
import io.ordeal.generator.run.Commands;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.load.SegmentPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known about one run: its commands in order, and, once its plan is known, what they have made of its load.
/// Not thread-safe.
final class RunBook {
    private final List<Ordered> unread = new ArrayList<>();
    private final Map<String, Command> known = new HashMap<>();
    private List<String> problems = List.of();
    private Optional<RunLoad> load = Optional.empty();
    private Instant newest = Instant.EPOCH;

    /// An answer to a command.
    record Reply(Ordered ordered, Answer answer) {}

    /// Takes the next command, and returns the answers that have become clear.
    List<Reply> command(Ordered ordered) {
        newest = ordered.taken();
        var before = known.putIfAbsent(ordered.command().id(), ordered.command());
        if (before == null) {
            unread.add(ordered);
            return read();
        }
        return before.equals(ordered.command())
                ? List.of()
                : List.of(refusal(ordered, List.of("another command had the id " + before.id() + " already")));
    }

    /// Takes the plan of one of the run's segments, and returns the answers that have become clear.
    List<Reply> planned(SegmentPlan plan) {
        if (load.isEmpty() && problems.isEmpty()) {
            load = Optional.of(new RunLoad.Waiting(Streams.of(plan)));
        }
        return read();
    }

    /// Takes what is wrong with the run's plan: every command of the run is refused.
    List<Reply> unfit(List<String> reasons) {
        problems = List.copyOf(reasons);
        return read();
    }

    /// Returns the run's load; empty while its plan is not known, or when it cannot be driven.
    Optional<RunLoad> load() {
        return problems.isEmpty() ? load : Optional.empty();
    }

    /// Returns the commands that wait for the run's plan.
    List<Ordered> unread() {
        return List.copyOf(unread);
    }

    /// Returns when its newest command was taken.
    Instant newest() {
        return newest;
    }

    private List<Reply> read() {
        var replies = new ArrayList<Reply>();
        if (load.isPresent() || !problems.isEmpty()) {
            unread.forEach(ordered -> replies.add(read(ordered)));
            unread.clear();
        }
        return replies;
    }

    private Reply read(Ordered ordered) {
        if (load().isEmpty()) {
            return refusal(ordered, problems);
        }
        var step = Commands.decide(load().get(), ordered.command(), ordered.taken());
        load = Optional.of(step.load());
        return new Reply(ordered, step.answer());
    }

    private static Reply refusal(Ordered ordered, List<String> reasons) {
        return new Reply(ordered, new Answer.Refused(reasons));
    }
}
