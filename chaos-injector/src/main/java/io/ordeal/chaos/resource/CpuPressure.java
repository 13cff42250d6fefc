package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.ResourceFault.CpuLoad;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.HelperProgram;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.ProcessStat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A helper that keeps cores busy: stress-ng where it is installed, otherwise a JVM that runs [Burner].
final class CpuPressure implements HelperLoad {
    private static final Duration SAMPLE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /// A host that is busy already gives the helper less than it asks for.
    private static final double LEAST_SHARE = 0.25;

    private final CpuLoad load;
    private final Duration limit;
    private final Optional<Path> stressNg;
    private final HelperPlace place;
    private final double most;
    private Optional<CpuUsage> before = Optional.empty();
    private double seen;

    /// @param limit after which the helper ends by itself
    /// @param most cores that the place gives to anybody
    CpuPressure(CpuLoad load, Duration limit, Optional<Path> stressNg, HelperPlace place, double most) {
        this.load = load;
        this.limit = limit;
        this.stressNg = stressNg;
        this.place = place;
        this.most = most;
    }

    @Override
    public List<String> command() {
        return stressNg.map(program -> place.program(stressNgCommand(program)))
                .orElseGet(() -> place.jvm(
                        Burner.class,
                        List.of(),
                        List.of(
                                String.format(Locale.ROOT, "%.2f", load.load()),
                                String.valueOf(load.cores()),
                                String.valueOf(limit.toMillis()))));
    }

    private List<String> stressNgCommand(Path program) {
        return List.of(
                program.toString(),
                "--cpu",
                String.valueOf(load.cores()),
                "--cpu-load",
                String.valueOf(Math.max(1, Math.round(load.load()))),
                "--cpu-method",
                "sqrt",
                "--timeout",
                Math.max(1, limit.plusMillis(999).toSeconds()) + "s",
                "--quiet");
    }

    @Override
    public void before() {
        before = CpuUsage.now();
    }

    @Override
    public Optional<Map<String, String>> shown(HelperProgram helper) throws InterruptedException {
        if (stressNg.isEmpty() && helper.lastLine().isEmpty()) {
            return Optional.empty(); // what a JVM needs to start is not the load
        }
        long start = System.nanoTime();
        var used = cpuTime(helper);
        TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
        seen = (double) cpuTime(helper).minus(used).toNanos() / (System.nanoTime() - start);
        return seen < asked() * LEAST_SHARE
                ? Optional.empty()
                : Optional.of(Map.of(
                        "helper",
                        stressNg.isPresent() ? "stress-ng" : "built-in",
                        "helper_load",
                        String.format(Locale.ROOT, "%.2f of %.2f cores", seen, asked()),
                        "host_busy_since",
                        busy()));
    }

    @Override
    public String missing() {
        return String.format(
                Locale.ROOT, "the helper makes a load of %.2f cores where %.2f are asked for", seen, asked());
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<Map<String, String>> after() {
        return Optional.of(Map.of("host_busy_since", busy()));
    }

    private double asked() {
        return Math.min(most, load.cores() * load.load() / 100);
    }

    /// Returns the CPU time of those that work: not of the JVM that has started them.
    private Duration cpuTime(HelperProgram helper) {
        long ticks = helper.processes().stream()
                .map(ProcessId::pid)
                .filter(pid -> stressNg.isEmpty() || pid != helper.pid())
                .flatMap(pid -> ProcessStat.of(pid).stream())
                .mapToLong(ProcessStat::cpuTicks)
                .sum();
        return Duration.ofMillis(ticks * 10);
    }

    private String busy() {
        return before.flatMap(earlier -> CpuUsage.now().map(now -> Shown.percent(now.since(earlier))))
                .orElse("unknown");
    }
}
