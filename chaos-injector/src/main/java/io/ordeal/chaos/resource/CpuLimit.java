package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.InjectionFailed;
import java.util.Optional;

/// How much of the CPU a control group gets: `cpu.max` in version 2, `cpu.cfs_quota_us` in version 1.
final class CpuLimit {
    private static final String FIRST = "cpu.cfs_quota_us";
    private static final String SECOND = "cpu.max";
    private static final long USUAL_PERIOD = 100_000;
    /// The kernel takes no quota below a millisecond.
    private static final long LEAST_QUOTA = 1000;

    private CpuLimit() {}

    /// Returns the cores that `group` gets at most.
    static double of(ControlGroup group) {
        return quota(group).map(quota -> (double) quota / period(group)).orElse(Double.MAX_VALUE);
    }

    /// Returns the limit of `group` as it is and as a quota of so many cores makes it.
    ///
    /// @throws InjectionFailed when it is that tight already, or cannot be that tight
    static RestoreGroupLimit tightened(ControlGroup group, double quota) throws InjectionFailed {
        long wanted = Math.round(quota * period(group));
        if (wanted < LEAST_QUOTA) {
            throw new InjectionFailed("the kernel gives at least 1ms of each period: quota must be at least "
                    + 100.0 * LEAST_QUOTA / period(group) + "%");
        }
        if (quota(group).filter(now -> now <= wanted).isPresent()) {
            throw new InjectionFailed(group + " gets at most " + of(group) + " cores already");
        }
        var name = group.version() == 1 ? FIRST : SECOND;
        var before = group.text(name).orElseThrow(() -> new InjectionFailed(group + " has no " + name));
        var during = group.version() == 1 ? String.valueOf(wanted) : wanted + " " + period(group);
        return new RestoreGroupLimit(group.file(name), before, during);
    }

    /// Returns how often the group was throttled so far.
    static long throttled(ControlGroup group) {
        return group.number("cpu.stat", "nr_throttled").orElse(0L);
    }

    private static Optional<Long> quota(ControlGroup group) {
        return group.version() == 1
                ? group.number(FIRST).filter(quota -> quota > 0)
                : word(group, 0).filter(text -> !text.equals("max")).map(Long::parseLong);
    }

    private static long period(ControlGroup group) {
        return group.version() == 1
                ? group.number("cpu.cfs_period_us").orElse(USUAL_PERIOD)
                : word(group, 1).map(Long::parseLong).orElse(USUAL_PERIOD);
    }

    private static Optional<String> word(ControlGroup group, int index) {
        return group.text(SECOND)
                .map(text -> text.split(" ", -1))
                .filter(words -> words.length > index)
                .map(words -> words[index]);
    }
}
