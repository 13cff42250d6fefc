package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.Posix;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// SIGKILL for one process alone, as the kernel sends it for want of memory, where making it do so is impossible or
/// would harm others.
final class LikeOomBlow implements Blow {
    private final Victim victim;
    private final String why;
    private final InstantSource clock;
    private volatile long struckAt;

    /// @param why the kernel is not made to do it
    LikeOomBlow(Victim victim, String why, InstantSource clock) {
        this.victim = victim;
        this.why = why;
        this.clock = clock;
    }

    @Override
    public List<String> steps() {
        return List.of("SIGKILL to " + victim.pid() + " alone, as for want of memory: " + why);
    }

    @Override
    public Instant strike() throws InjectionFailed {
        victim.subject().hold();
        var actedAt = clock.instant();
        struckAt = System.nanoTime();
        victim.signal(Posix.SIGKILL);
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var gone = KillBlow.awaitGone(victim, struckAt);
        return Map.of("ended_by", "SIGKILL, as for want of memory: " + why, "gone_after", Shown.millis(gone));
    }
}
