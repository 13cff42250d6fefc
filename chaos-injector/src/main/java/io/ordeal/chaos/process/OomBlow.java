package io.ordeal.chaos.process;

import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An end by the kernel, for want of memory in a control group that is the process's own.
///
/// The process is made the first to be killed, the group gets hardly more memory than it uses, and a helper takes
/// the rest. All three are taken back as soon as the process has ended, before it comes back.
final class OomBlow implements Blow {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// More than the helper itself weighs: with it, the process outweighs the helper in the kernel's eyes.
    private static final long ROOM = 128L << 20;

    private final Victim victim;
    private final MemoryGroup group;
    private final Path log;
    private final InstantSource clock;
    private final String mark = Marked.mark();
    private final RestoreOomScore score;
    private final List<RestoreGroupLimit> limits;
    private final long killsBefore;
    private Optional<HelperProgram> helper = Optional.empty();
    private volatile long struckAt;

    OomBlow(Victim victim, MemoryGroup group, Path log, InstantSource clock) throws InjectionFailed {
        this.victim = victim;
        this.group = group;
        this.log = log;
        this.clock = clock;
        try {
            this.score = RestoreOomScore.of(victim.process());
            this.limits = group.tight(ROOM);
        } catch (IOException e) {
            throw new InjectionFailed("the memory of " + victim.target() + " cannot be limited", e);
        }
        this.killsBefore = group.kills();
    }

    @Override
    public Undo undo() {
        var parts = new ArrayList<Undo>();
        parts.add(new KillMarked(mark));
        parts.addAll(limits);
        parts.add(score);
        return new Undo.Several(parts);
    }

    @Override
    public List<String> steps() {
        var steps = new ArrayList<String>();
        steps.add("oom_score_adj of " + victim.pid() + ": from " + score.old() + " to " + RestoreOomScore.FIRST);
        limits.reversed()
                .forEach(limit -> steps.add(limit.file() + ": from " + limit.before() + " to " + limit.during()));
        steps.add(HelperProgram.shown(HelperProgram.jvm(MemoryHog.class, List.of(), args())));
        return steps;
    }

    @Override
    public Instant strike() throws InjectionFailed {
        victim.subject().hold();
        var actedAt = clock.instant();
        struckAt = System.nanoTime();
        try {
            score.apply();
            for (var limit : limits.reversed()) {
                limit.write(limit.during());
            }
            helper = Optional.of(HelperProgram.start(HelperProgram.jvm(MemoryHog.class, List.of(), args()), mark, log));
            return actedAt;
        } catch (IOException | IllegalStateException e) {
            throw new InjectionFailed("the memory of " + victim.target() + " cannot be limited", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        boolean ended = victim.awaitEnd(PATIENCE);
        var after = Duration.ofNanos(System.nanoTime() - struckAt);
        long kills = group.kills() - killsBefore;
        withdraw();
        if (!ended) {
            throw new InjectionFailed(
                    "the kernel does not kill process " + victim.pid() + "; the helper's output is in " + log);
        }
        if (kills == 0) {
            throw new InjectionFailed("process " + victim.pid() + " has ended, but not for want of memory");
        }
        var evidence = new LinkedHashMap<>(group.shown());
        evidence.put("ended_by", "the kernel, for want of memory");
        evidence.put("oom_kills", String.valueOf(kills));
        evidence.put("gone_after", Shown.millis(after));
        return evidence;
    }

    @Override
    public void withdraw() throws InjectionFailed {
        helper.ifPresent(HelperProgram::close);
        try {
            undo().perform();
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the memory of " + victim.target() + " is not as it was", e);
        }
    }

    private List<String> args() {
        var args = new ArrayList<>(group.group().words());
        args.add(String.valueOf(PATIENCE.toMillis()));
        return args;
    }
}
