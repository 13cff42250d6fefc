package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that a helper stops and continues, so that it gets a part of one core; see [Throttler].
final class ThrottleInjection implements Injection {
    private static final Duration BEYOND = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BEFORE = Duration.ofMillis(100);
    private static final Duration SAMPLE = Duration.ofMillis(400);
    /// What is saved up, and how late the helper may look, within a sample.
    private static final double TOLERANCE = 0.15;

    private final Victim victim;
    private final double quota;
    private final Duration duration;
    private final Path log;
    private final InstantSource clock;
    private final String mark = Marked.mark();
    private Optional<HelperProgram> helper = Optional.empty();
    private double before;

    /// @param quota of one core
    ThrottleInjection(Victim victim, double quota, Duration duration, Path log, InstantSource clock) {
        this.victim = victim;
        this.quota = quota;
        this.duration = duration;
        this.log = log;
        this.clock = clock;
    }

    /// First the helper ends, then the process goes on.
    @Override
    public Undo undo() {
        return new Undo.Several(List.of(new KillMarked(mark), new ContinueProcess(victim.process())));
    }

    @Override
    public List<String> steps() {
        return List.of(
                HelperProgram.shown(HelperProgram.jvm(Throttler.class, List.of(), args())),
                "which sends SIGSTOP and SIGCONT to " + victim.pid());
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        before = share(BEFORE);
        var actedAt = clock.instant();
        try {
            helper = Optional.of(HelperProgram.start(HelperProgram.jvm(Throttler.class, List.of(), args()), mark, log));
            return actedAt;
        } catch (IOException e) {
            throw new InjectionFailed("the helper cannot be started", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        boolean held = Victim.await(PATIENCE, () -> stopped() || !running());
        if (!held || !running()) {
            throw new InjectionFailed("the helper does not stop process " + victim.pid() + "; its output is in " + log);
        }
        double most = quota + TOLERANCE;
        double during = share(SAMPLE);
        if (during > most) {
            throw new InjectionFailed("process " + victim.pid() + " uses " + cores(during) + " in spite of the helper");
        }
        return Map.of(
                "pid",
                victim.pid(),
                "quota",
                cores(quota),
                "held",
                "seen",
                "used_before",
                cores(before),
                "used_during",
                cores(during));
    }

    @Override
    public void revert() throws InjectionFailed {
        helper.ifPresent(HelperProgram::close);
        victim.proceed();
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        if (!Victim.await(PATIENCE, () -> Marked.carrying(mark).isEmpty())) {
            throw new InjectionFailed("the helper does not end");
        }
        victim.proceed(); // a signal of the helper may have come after ours
        if (!victim.process().alive()) {
            return victim.endedMeanwhile();
        }
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("pid", victim.pid());
        evidence.put("state", String.valueOf(victim.awaitStopped(false)));
        evidence.put("helpers_left", "0");
        evidence.put("used_after", cores(share(BEFORE)));
        return evidence;
    }

    private List<String> args() {
        return List.of(
                victim.pid(),
                String.valueOf(victim.process().startTime()),
                String.valueOf(quota),
                String.valueOf(duration.plus(BEYOND).toMillis()));
    }

    private boolean stopped() {
        return victim.process().stat().filter(ProcessStat::stopped).isPresent();
    }

    private boolean running() {
        return helper.filter(HelperProgram::alive).isPresent();
    }

    /// Returns the part of one core that the process uses for a while.
    private double share(Duration sample) throws InterruptedException {
        long start = System.nanoTime();
        long used = used();
        TimeUnit.NANOSECONDS.sleep(sample.toNanos());
        return (double) Math.max(0, used() - used) / (System.nanoTime() - start);
    }

    private long used() {
        return victim.process().alive() ? Posix.cpuNanos(victim.process().pid()).orElse(0) : 0;
    }

    private static String cores(double cores) {
        return Shown.percent(cores) + " of a core";
    }
}
