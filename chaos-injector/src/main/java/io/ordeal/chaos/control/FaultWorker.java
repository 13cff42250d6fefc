package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultEvent;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out one injection on threads of its own and reports what came of it. An undo never overlaps an act.
final class FaultWorker {
    private static final Logger log = LoggerFactory.getLogger(FaultWorker.class);
    private static final Duration ACT_ENDS = Duration.ofSeconds(10);

    private final String name;
    private final Injection injection;
    private final Consumer<FaultEvent> report;
    private Optional<Thread> applying = Optional.empty();

    /// @param report takes events from any thread
    FaultWorker(String name, Injection injection, Consumer<FaultEvent> report) {
        this.name = name;
        this.injection = injection;
        this.report = report;
    }

    Injection injection() {
        return injection;
    }

    /// Acts and looks for the effect.
    void apply() {
        applying = Optional.of(Thread.ofVirtual().name("apply-" + name).start(this::actAndSee));
    }

    /// Ends an act under way, undoes and looks for the absence.
    void undo() {
        var act = applying;
        Thread.ofVirtual().name("undo-" + name).start(() -> undoAfter(act));
    }

    private void actAndSee() {
        try {
            var actedAt = injection.act();
            report.accept(new FaultEvent.Seen(actedAt, injection.see()));
        } catch (InjectionFailed e) {
            report.accept(new FaultEvent.NotSeen(e.reason()));
        } catch (InterruptedException _) {
            // it is to end; the undo follows
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("fault", name).log("a fault broke while it was applied");
            report.accept(new FaultEvent.NotSeen("it broke: " + e));
        }
    }

    private void undoAfter(Optional<Thread> act) {
        try {
            if (act.isPresent()) {
                act.get().interrupt();
                if (!act.get().join(ACT_ENDS)) {
                    log.atError().addKeyValue("fault", name).log("an act does not end; it is undone all the same");
                }
            }
            injection.revert();
            report.accept(new FaultEvent.Gone(injection.seeGone()));
        } catch (InjectionFailed e) {
            report.accept(new FaultEvent.NotGone(e.reason()));
        } catch (InterruptedException e) {
            report.accept(new FaultEvent.NotGone("interrupted"));
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("fault", name).log("a fault broke while it was undone");
            report.accept(new FaultEvent.NotGone("it broke: " + e));
        }
    }
}
