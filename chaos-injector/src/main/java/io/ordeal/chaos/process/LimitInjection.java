package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A process with a lower limit of a resource. The hard limit, which a process cannot raise, is left alone.
final class LimitInjection implements Injection {
    private final Victim victim;
    private final LimitView view;
    private final RestoreLimit undo;
    private final InstantSource clock;

    /// @param undo what is set and what was there before
    LimitInjection(Victim victim, LimitView view, RestoreLimit undo, InstantSource clock) {
        this.victim = victim;
        this.view = view;
        this.undo = undo;
        this.clock = clock;
    }

    /// Returns what setting the soft limit of `resource` to `wanted` means for the process.
    ///
    /// @throws InjectionFailed when it cannot be read, or would be no less than it is
    static RestoreLimit lower(Victim victim, Resource resource, long wanted) throws InjectionFailed {
        var now = Posix.limit(victim.process().pid(), resource.number());
        if (now.errno() != 0) {
            throw new InjectionFailed(
                    "the limits of process " + victim.pid() + " cannot be read: errno " + now.errno());
        }
        long old = now.value().soft();
        if (Long.compareUnsigned(wanted, old) >= 0) {
            throw new InjectionFailed("process " + victim.pid() + " is limited to " + Resource.shown(old) + " already; "
                    + Resource.shown(wanted) + " would change nothing");
        }
        return new RestoreLimit(victim.process(), resource, wanted, old, BootTime.now());
    }

    @Override
    public Undo undo() {
        return undo;
    }

    @Override
    public List<String> steps() {
        return List.of("prlimit " + undo.resource().published() + " of " + victim.pid() + ": soft limit from "
                + Resource.shown(undo.old()) + " to " + Resource.shown(undo.ours()));
    }

    @Override
    public Instant act() throws InjectionFailed {
        var actedAt = clock.instant();
        int errno = RestoreLimit.change(victim.process(), undo.resource(), undo.old(), undo.ours());
        if (errno != 0) {
            throw new InjectionFailed("the limit of process " + victim.pid() + " cannot be set: "
                    + (errno == Posix.NO_SUCH_PROCESS ? "it has ended, or its limit has changed" : "errno " + errno));
        }
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed {
        var shown = undo.resource().shownFor(victim.process()).orElse("nothing");
        if (!shown.equals(Resource.shown(undo.ours()))) {
            throw new InjectionFailed("/proc shows a limit of " + shown + " for process " + victim.pid() + ", not "
                    + Resource.shown(undo.ours()));
        }
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("pid", victim.pid());
        evidence.put("limit_before", Resource.shown(undo.old()));
        evidence.put("limit_during", shown);
        evidence.putAll(view.during());
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed {
        try {
            undo.perform();
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the limit cannot be restored", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed {
        if (!undo.done()) {
            throw new InjectionFailed("the limit of process " + victim.pid() + " is still ours");
        }
        if (!victim.process().alive()) {
            return victim.endedMeanwhile();
        }
        var evidence = new LinkedHashMap<>(undo.evidence());
        evidence.putAll(view.after());
        return evidence;
    }
}
