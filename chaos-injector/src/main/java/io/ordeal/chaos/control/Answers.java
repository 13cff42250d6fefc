package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.Decision;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultReader;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRehearsed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said to who sent a command that is not carried out, or only rehearsed. Belongs to the controller's thread.
///
/// Ids of commands and runs may be anything of any length; in answers those that are none are cut.
record Answers(Outlet outlet, FaultMetrics metrics, FaultNotes notes) {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final int LONGEST = 64;

    /// A fault is not applied.
    void reject(Command command, Decision.Reject rejection, Instant now) {
        var kind = command.action() instanceof Command.InjectFault(var spec, var _) ? spec.kind() : "";
        if (!rejection.digest().isEmpty()) { // a rehearsal is not remembered
            notes.decided(command, rejection.digest(), "", now);
        }
        metrics.rejected(kind);
        var reasons = rejection.reasons();
        log.atWarn()
                .addKeyValue("run", shown(command.run()))
                .addKeyValue("reasons", reasons)
                .log("fault rejected");
        outlet.say(shown(command.run()), now, new FaultRejected(rejection.fault(), shown(command.id()), reasons));
    }

    /// Another command is not carried out.
    void refuse(Command command, List<String> reasons, Instant now) {
        log.atWarn()
                .addKeyValue("command", shown(command.id()))
                .addKeyValue("reasons", reasons)
                .log("refused");
        outlet.say(shown(command.run()), now, new CommandRefused(shown(command.id()), reasons));
    }

    /// A fault would be applied in these steps.
    void rehearsed(Command command, FaultKey fault, List<String> steps, Instant now) {
        outlet.say(command.run(), now, new FaultRehearsed(fault.id(), command.id(), steps));
    }

    /// A rehearsed fault would not be applied.
    void unfit(Command command, FaultKey fault, String reason, Instant now) {
        outlet.say(command.run(), now, new FaultRejected(fault.id(), command.id(), List.of(reason)));
    }

    /// The lever was pulled: whoever did so hears at once which faults are to be waited for.
    void ending(Command command, List<FaultKey> faults, Instant now) {
        var ids = faults.stream().map(FaultKey::id).toList();
        outlet.say(shown(command.run()), now, new Heartbeat(Pulse.COMPONENT, ids));
    }

    private static String shown(String id) {
        return FaultReader.isId(id)
                ? id
                : id.substring(0, Math.min(id.length(), LONGEST)).replaceAll("\\p{Cntrl}", "�");
    }
}
