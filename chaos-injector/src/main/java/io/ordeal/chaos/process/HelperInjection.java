package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
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

/// A helper program that takes a resource away for as long as it runs. It ends by itself shortly after the fault should
/// have, and when it is killed the system takes everything back that it has.
public final class HelperInjection implements Injection {
    /// How long after the fault's end the helper ends by itself.
    public static final Duration BEYOND = Duration.ofSeconds(2);

    private static final Duration GONE = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 20;

    private final HelperLoad load;
    private final Path log;
    private final InstantSource clock;
    private final String mark = Marked.mark();
    private Optional<HelperProgram> helper = Optional.empty();
    private boolean seen;
    private boolean reverted;
    private boolean helperEnded;

    /// @param log where the helper's errors go
    public HelperInjection(HelperLoad load, Path log, InstantSource clock) {
        this.load = load;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new KillMarked(mark);
    }

    @Override
    public List<String> steps() {
        return List.of(HelperProgram.shown(load.command()));
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        load.before();
        try {
            var actedAt = clock.instant();
            helper = Optional.of(HelperProgram.start(load.command(), mark, log));
            return actedAt;
        } catch (IOException e) {
            throw new InjectionFailed("the helper cannot be started", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var running = helper.orElseThrow();
        long deadline = System.nanoTime() + load.patience().toNanos();
        while (System.nanoTime() < deadline && running.alive()) {
            var evidence = load.shown(running);
            if (evidence.isPresent()) {
                seen = true;
                return evidence.get();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        var ended = running.alive() ? "" : "; the helper has ended, see " + log;
        throw new InjectionFailed(load.missing() + ended);
    }

    @Override
    public void revert() {
        // A helper that was killed by the kernel meanwhile, as one in a full control group is, has ended the fault
        // early; the evidence says so.
        helperEnded |=
                seen && !reverted && helper.filter(running -> !running.alive()).isPresent();
        reverted = true;
        helper.ifPresent(HelperProgram::close);
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long deadline = System.nanoTime() + GONE.toNanos();
        while (true) {
            Marked.kill(mark);
            // A killed process holds what it has until its last thread has ended, and is a zombie before that.
            boolean ended = Marked.carrying(mark).isEmpty()
                    && helper.filter(HelperProgram::alive).isEmpty();
            var after = ended ? load.after() : Optional.<Map<String, String>>empty();
            if (after.isPresent()) {
                var evidence = new LinkedHashMap<>(after.get());
                evidence.put("helpers_left", "0");
                if (helperEnded) {
                    evidence.put("ended_early", "the helper was gone before the fault was to end");
                }
                return evidence;
            }
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed(ended ? "the effect still shows" : "the helper does not end");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
