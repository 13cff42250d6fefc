package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A limit of a control group is tighter for a while.
final class LimitInjection implements Injection {
    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 20;

    private final RestoreGroupLimit limit;
    private final LimitProbe probe;
    private final HeldLimits held;
    private final InstantSource clock;
    private final String mark = Marked.mark();
    private boolean holding;

    LimitInjection(RestoreGroupLimit limit, LimitProbe probe, HeldLimits held, InstantSource clock) {
        this.limit = limit;
        this.probe = probe;
        this.held = held;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new Undo.Several(List.of(limit, new KillMarked(mark)));
    }

    @Override
    public List<String> steps() {
        return List.of("write `" + limit.during() + "` to " + limit.file() + ", which holds `" + limit.before() + "`");
    }

    @Override
    public Instant act() throws InjectionFailed {
        held.take(limit.file());
        holding = true;
        if (limit.now().filter(limit.before()::equals).isEmpty()) {
            throw new InjectionFailed(limit.file() + " has changed since it was looked at; ask again");
        }
        try {
            var actedAt = clock.instant();
            limit.write(limit.during());
            return actedAt;
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the limit cannot be set", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        if (!limit.inForce()) {
            throw new InjectionFailed(limit.file() + " holds " + limit.now().orElse("nothing"));
        }
        var evidence = new LinkedHashMap<String, String>();
        evidence.put(limit.name() + "_before", limit.before());
        evidence.put(limit.name() + "_during", limit.now().orElse(""));
        evidence.putAll(probe.during(mark));
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed {
        Marked.kill(mark);
        try {
            if (holding) { // what we have not set is not ours to take back
                limit.perform();
                held.leave(limit.file());
                holding = false;
            }
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the limit cannot be restored", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        for (int look = 0; !undo().done(); look++) {
            if (look > LOOKS) {
                throw new InjectionFailed(
                        limit.file() + " still holds " + limit.now().orElse("nothing"));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        var evidence = new LinkedHashMap<>(limit.evidence());
        evidence.putAll(probe.after());
        return evidence;
    }
}
