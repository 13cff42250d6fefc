package io.ordeal.chaos.control;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.journal.JournalContents;
import io.ordeal.chaos.journal.JournalRecord.FaultRef;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an injector does before anything else: undoes what its earlier life has left.
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int LOOKS = 200;

    private Recovery() {}

    /// A fact to be published once the broker is there.
    ///
    /// @param entry the entry of the journal that it is about
    /// @param settled whether nothing is left of the entry: it is struck when the fact has been published
    public record Fact(String run, LifecycleEvent.Event event, String entry, boolean settled) {}

    /// Undoes every entry of `journal` and returns what there is to say about its faults.
    public static List<Fact> run(Journal journal) throws IOException {
        var facts = new ArrayList<Fact>();
        for (var entry : journal.found().entries()) {
            var id = entry.opened().entry();
            log.atInfo().addKeyValue("entry", id).log("undoing what an earlier life has left");
            var problem = undo(entry.opened().undo());
            var fault = entry.opened().fault();
            if (fault.isPresent()) {
                facts.add(new Fact(fault.get().run(), event(fault.get(), entry, problem), id, problem.isEmpty()));
            } else if (problem.isEmpty()) {
                journal.strike(id);
            }
        }
        return facts;
    }

    private static Optional<String> undo(Undo undo) {
        try {
            for (int look = 0; look < LOOKS; look++) {
                undo.perform();
                if (undo.done()) {
                    return Optional.empty();
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return Optional.of("it still shows");
        } catch (IllegalStateException e) {
            return Optional.of("" + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static LifecycleEvent.Event event(FaultRef fault, JournalContents.Entry entry, Optional<String> problem) {
        if (problem.isPresent()) {
            return new FaultFailed(fault.id(), fault.kind(), fault.target(), problem.get(), false);
        }
        if (!entry.applied()) {
            var reason = "the injector ended before the effect was seen";
            return new FaultFailed(fault.id(), fault.kind(), fault.target(), reason, true);
        }
        var cause = entry.guarded() ? RevertCause.GUARD : RevertCause.RESTARTED;
        return new FaultReverted(
                fault.id(),
                fault.kind(),
                fault.target(),
                cause,
                entry.opened().undo().evidence());
    }
}
