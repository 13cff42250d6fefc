package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.KernelFile;
import io.ordeal.chaos.process.HelperProgram;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.RestoreOomScore;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A control group gets little more memory than it uses, and a helper in it takes that until the kernel kills. The
/// limit
/// stays for as long as the fault: what starts again finds no more memory than was there.
final class OutOfMemoryInjection implements Injection {
    /// What there is between the use and the limit, bytes: the helper itself must fit.
    private static final long ROOM = 96L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;

    private final ControlGroup group;
    private final Duration time;
    private final LimitInjection limit;
    private final long before;
    private final long most;
    private final RestoreOomScore victim;
    private final Path log;
    private final String mark = Marked.mark();
    private Optional<HelperProgram> helper = Optional.empty();

    /// @param time after which the helper ends by itself
    OutOfMemoryInjection(ControlGroup group, Duration time, HeldLimits held, Path log, InstantSource clock)
            throws InjectionFailed {
        this.group = group;
        this.time = time;
        this.log = log;
        this.before = kills(group);
        this.victim = largest(group);
        if (group.number("memory.oom_control", "oom_kill_disable")
                .filter(off -> off == 1)
                .isPresent()) {
            throw new InjectionFailed("the kernel kills nothing in " + group + ": oom_kill_disable is 1");
        }
        var lowered = lowered(group);
        this.most = Long.parseLong(lowered.during());
        this.limit = new LimitInjection(lowered, new MemoryLimit.Probe(group), held, clock);
    }

    private static RestoreOomScore largest(ControlGroup group) throws InjectionFailed {
        var process = group.pids().stream()
                .flatMap(pid -> ProcessId.of(pid).stream())
                .max(Comparator.comparingLong(OutOfMemoryInjection::resident))
                .orElseThrow(() -> new InjectionFailed("no process is in " + group + " itself"));
        try {
            return RestoreOomScore.of(process);
        } catch (IOException e) {
            throw new InjectionFailed("the largest process of " + group + " cannot be chosen", e);
        }
    }

    /// Returns how many processes of `group` the kernel has killed for want of memory.
    static long kills(ControlGroup group) {
        var file = group.version() == 1 ? "memory.oom_control" : "memory.events";
        return group.number(file, "oom_kill").orElse(0L);
    }

    /// Returns the pages that `process` has in memory.
    private static long resident(ProcessId process) {
        return KernelFile.text(Path.of("/proc/" + process.pid() + "/statm"))
                .map(text -> text.split(" ", -1))
                .filter(fields -> fields.length > 1)
                .map(fields -> Long.parseLong(fields[1]))
                .orElse(0L);
    }

    private static RestoreGroupLimit lowered(ControlGroup group) throws InjectionFailed {
        boolean first = group.version() == 1;
        long used = group.number(first ? "memory.usage_in_bytes" : "memory.current")
                .orElseThrow(() -> new InjectionFailed(group + " tells no memory use"));
        long now = group.number(first ? "memory.limit_in_bytes" : "memory.max").orElse(Long.MAX_VALUE);
        // A group that has less room than that keeps its limit, less a page so that there is one thing to do.
        return MemoryLimit.changed(group, Math.min(used + ROOM, now - 1));
    }

    @Override
    public Undo undo() {
        return new Undo.Several(List.of(new KillMarked(mark), victim, limit.undo()));
    }

    @Override
    public List<String> steps() {
        var steps = new ArrayList<>(limit.steps());
        steps.add("make pid " + victim.process().pid() + " the first that the kernel kills");
        steps.add(HelperProgram.shown(command()));
        return steps;
    }

    private List<String> command() {
        var words = new ArrayList<>(new MemoryGauge.Group(group).words());
        words.addAll(List.of(String.valueOf(before), String.valueOf(most), String.valueOf(time.toMillis())));
        return new HelperPlace(Optional.of(group.procs()), 0).jvm(OomHog.class, List.of(), words);
    }

    @Override
    public Instant act() throws InjectionFailed {
        var actedAt = limit.act();
        try {
            victim.apply();
            helper = Optional.of(HelperProgram.start(command(), mark, log));
            return actedAt;
        } catch (IOException e) {
            throw new InjectionFailed("the victim cannot be made the first choice, or the helper not started", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(limit.see());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (kills(group) <= before || victim.process().alive()) {
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed("the kernel has killed " + (kills(group) - before) + " processes in " + group
                        + ", and pid " + victim.process().pid() + " lives; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        helper.ifPresent(HelperProgram::close);
        evidence.put("oom_kills", String.valueOf(kills(group) - before));
        evidence.put("pid_killed", String.valueOf(victim.process().pid()));
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed {
        helper.ifPresent(HelperProgram::close);
        try {
            victim.perform();
        } catch (IllegalStateException e) {
            limit.revert();
            throw new InjectionFailed("the process stays the first to be killed", e);
        }
        limit.revert();
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var left = Marked.carrying(mark); !left.isEmpty(); left = Marked.carrying(mark)) {
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed("the helper does not end");
            }
            Marked.kill(mark);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return limit.seeGone();
    }
}
