package io.ordeal.campaign.run;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Load by hand: sends a command about a run and waits for what its generators answer.
public final class LoadDesk implements AutoCloseable {
    private final RunUnderWay run;
    private final Duration patience;
    private final Correspondence correspondence;

    private LoadDesk(RunUnderWay run, Duration patience, Correspondence correspondence) {
        this.run = run;
        this.patience = patience;
        this.correspondence = correspondence;
    }

    /// What came of a command.
    ///
    /// @param command its id
    /// @param done what each generator that carried it out says that it did
    /// @param refused why it was not carried out, if it was not
    /// @param silent the generators that have not answered
    public record Answer(String command, SortedMap<String, String> done, List<String> refused, Set<String> silent) {
        public Answer {
            refused = List.copyOf(refused);
            silent = Set.copyOf(silent);
        }

        /// Whether every generator of the run has done what was asked.
        public boolean complete() {
            return refused.isEmpty() && silent.isEmpty() && !done.isEmpty();
        }

        /// Returns it for a person, line by line.
        public List<String> lines(Duration patience) {
            var lines = new ArrayList<String>();
            done.forEach((generator, what) -> lines.add(generator + ": " + what));
            refused.forEach(reason -> lines.add("refused: " + reason));
            if (refused.isEmpty()) {
                new TreeSet<>(silent)
                        .forEach(generator ->
                                lines.add("no answer from " + generator + " within " + patience.toSeconds() + " s"));
            }
            return lines;
        }
    }

    /// Opens a desk for the load of `run`.
    ///
    /// @param patience for the answers
    public static LoadDesk open(Cluster cluster, RunUnderWay run, Duration patience) {
        return new LoadDesk(run, patience, Correspondence.open(cluster, run.id(), "ordeal load"));
    }

    /// Asks for `action`; returns when every generator of the run has answered, one has refused, or none has for too
    /// long. All generators decide alike.
    public Answer ask(Command.Action action) {
        var command = correspondence.send(action);
        var done = new TreeMap<String, String>();
        var refused = correspondence.await(patience, event -> {
            heard(command, event).ifPresent(what -> done.put(event.source(), what));
            return done.keySet().containsAll(run.generators())
                    ? Optional.of(List.<String>of())
                    : reasons(command, event);
        });
        var silent = new TreeSet<>(run.generators());
        silent.removeAll(done.keySet());
        return new Answer(command, done, refused.orElse(List.of()), silent);
    }

    private static Optional<String> heard(String command, LifecycleEvent event) {
        return event.event() instanceof LoadChanged(var id, var state, var detail) && id.equals(command)
                ? Optional.of(state.name().toLowerCase(java.util.Locale.ROOT) + (detail.isEmpty() ? "" : ", " + detail))
                : Optional.empty();
    }

    private static Optional<List<String>> reasons(String command, LifecycleEvent event) {
        return event.event() instanceof CommandRefused(var id, var reasons) && id.equals(command)
                ? Optional.of(reasons)
                : Optional.empty();
    }

    @Override
    public void close() {
        correspondence.close();
    }
}
