package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A helper program that keeps cores busy. It ends by itself shortly after the fault should have.
final class CpuInjection implements Injection {
    private static final Duration BEYOND = Duration.ofSeconds(2);
    private static final Duration SAMPLE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// A host that is busy already gives the helper less than it asks for.
    private static final double LEAST_SHARE = 0.25;

    private final ResourceFault.CpuLoad load;
    private final Duration duration;
    private final Optional<Path> stressNg;
    private final Path output;
    private final InstantSource clock;
    private final String mark = Marked.mark();
    private Optional<CpuHelper> helper = Optional.empty();
    private Optional<CpuUsage> before = Optional.empty();

    CpuInjection(
            ResourceFault.CpuLoad load, Duration duration, Optional<Path> stressNg, Path output, InstantSource clock) {
        this.load = load;
        this.duration = duration;
        this.stressNg = stressNg;
        this.output = output;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new KillMarked(mark);
    }

    @Override
    public List<String> steps() {
        return List.of(String.join(" ", CpuHelper.command(stressNg, load, duration.plus(BEYOND))));
    }

    @Override
    public Instant act() throws InjectionFailed {
        try {
            before = CpuUsage.now();
            var actedAt = clock.instant();
            helper = Optional.of(CpuHelper.start(stressNg, load, duration.plus(BEYOND), mark, output));
            return actedAt;
        } catch (IOException e) {
            throw new InjectionFailed("the helper cannot be started", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var burner = helper.orElseThrow();
        double asked = load.cores() * load.load() / 100;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        double seen = 0;
        while (System.nanoTime() < deadline && burner.alive()) {
            long start = System.nanoTime();
            var used = burner.cpuTime();
            TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
            seen = (double) burner.cpuTime().minus(used).toNanos() / (System.nanoTime() - start);
            if (seen >= asked * LEAST_SHARE) {
                return Map.of(
                        "helper",
                        stressNg.isPresent() ? "stress-ng" : "built-in",
                        "helper_load",
                        String.format(Locale.ROOT, "%.2f of %.2f cores", seen, asked),
                        "host_busy_since",
                        busy());
            }
        }
        throw new InjectionFailed(String.format(
                Locale.ROOT,
                "the helper makes a load of %.2f cores where %.2f are asked for; its output is in %s",
                seen,
                asked,
                output));
    }

    @Override
    public void revert() {
        helper.ifPresent(CpuHelper::close);
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Marked.carrying(mark).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed("the helper does not end");
            }
            Marked.kill(mark);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Map.of("helpers_left", "0", "host_busy_since", busy());
    }

    private String busy() {
        return before.flatMap(earlier -> CpuUsage.now().map(now -> Shown.percent(now.since(earlier))))
                .orElse("unknown");
    }
}
