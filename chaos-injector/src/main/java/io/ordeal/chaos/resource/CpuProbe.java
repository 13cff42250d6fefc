package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.ProcessStat;
import io.ordeal.chaos.process.Programs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Whether a control group gets no more CPU than its quota: a program in it wants a whole core for half a second.
record CpuProbe(ControlGroup group, double quota) implements LimitProbe {
    private static final long LOOK_MILLIS = 500;
    /// What the kernel hands out to each core in advance, and what half a second lets be told.
    private static final double SLACK = 0.08;
    /// So much that it takes some seconds, and ends by itself.
    private static final String BYTES = "40000000000";

    @Override
    public Map<String, String> during(String mark) throws InjectionFailed, InterruptedException {
        var head = Programs.installed("head");
        if (head.isEmpty()) {
            return Map.of("probe", "none: head is not installed");
        }
        long throttled = CpuLimit.throttled(group);
        var command = List.of(head.get().toString(), "-c", BYTES, "/dev/zero");
        try (var program = GroupProgram.start(group, command, mark)) {
            long start = System.nanoTime();
            long ticks = ticks(program);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            double got = (ticks(program) - ticks) * 1e7 / (System.nanoTime() - start);
            if (got > quota * 1.25 + SLACK) {
                throw new InjectionFailed(String.format(
                        Locale.ROOT, "a probe in it gets %.2f cores where it should get %.2f", got, quota));
            }
            return Map.of(
                    "probe_got",
                    String.format(Locale.ROOT, "%.2f of 1.00 cores", got),
                    "periods_throttled",
                    String.valueOf(CpuLimit.throttled(group) - throttled));
        }
    }

    @Override
    public Map<String, String> after() {
        double cores = CpuLimit.of(group);
        return Map.of("cores_after", cores == Double.MAX_VALUE ? "all" : String.format(Locale.ROOT, "%.2f", cores));
    }

    private static long ticks(GroupProgram program) {
        return ProcessStat.of(program.pid()).map(ProcessStat::cpuTicks).orElse(0L);
    }
}
