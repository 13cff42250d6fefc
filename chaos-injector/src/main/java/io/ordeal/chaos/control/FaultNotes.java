package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.Docket;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.journal.JournalRecord;
import io.ordeal.chaos.journal.JournalRecord.FaultRef;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.schemas.control.Command;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal as the controller uses it: what is said there about faults and commands.
///
/// Only the undo must not be lost. Losing another record costs an undo that is done again, or a repetition that is
/// not
/// recognised.
record FaultNotes(Journal journal) {
    private static final Logger log = LoggerFactory.getLogger(FaultNotes.class);

    /// Tells `docket` which commands an earlier life has decided on.
    void recall(Docket docket) {
        for (var decided : journal.found().decided()) {
            var key = decided.fault().isEmpty()
                    ? Optional.<FaultKey>empty()
                    : Optional.of(new FaultKey(decided.run(), decided.fault()));
            docket.remember(decided.command(), decided.digest(), key, decided.digest());
        }
    }

    /// Writes how `plan` is undone; it is on the disk when this returns.
    void undo(FaultPlan plan, Undo undo, Instant endsAt) throws IOException {
        var reference = new FaultRef(plan.key().run(), plan.key().id(), plan.kind(), plan.target());
        journal.open(new JournalRecord.Opened(entry(plan), Optional.of(reference), Optional.of(endsAt), undo));
    }

    /// Notes that the effect was seen.
    void applied(FaultPlan plan) {
        write("applied", () -> journal.applied(entry(plan)));
    }

    /// Notes that nothing is left.
    void struck(FaultPlan plan) {
        write("struck", () -> journal.strike(entry(plan)));
    }

    /// Notes that `command` was accepted for a fault, or rejected where `fault` is empty.
    void decided(Command command, String digest, String fault, Instant now) {
        if (!Docket.isMemorable(command)) {
            return;
        }
        var until = now.plus(Docket.LONGEST_VALIDITY);
        write(
                "decided",
                () -> journal.decided(new JournalRecord.Decided(command.id(), digest, command.run(), fault, until)));
    }

    private static String entry(FaultPlan plan) {
        return "fault/" + plan.key().run() + "/" + plan.key().id();
    }

    private static void write(String what, Write write) {
        try {
            write.run();
        } catch (IOException e) {
            log.atError().setCause(e).addKeyValue("record", what).log("the journal cannot be written");
        }
    }

    /// Writes to the journal.
    private interface Write {
        void run() throws IOException;
    }
}
