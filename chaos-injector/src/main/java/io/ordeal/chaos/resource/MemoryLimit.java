package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.util.Map;

/// How much memory a control group gets: `memory.max` in version 2, `memory.limit_in_bytes` in version 1.
final class MemoryLimit {
    /// Limits are multiples of the largest page that there is.
    private static final long PAGE = 64 << 10;

    private MemoryLimit() {}

    /// Returns the limit of `group` as it is and as `bytes` make it.
    ///
    /// @throws InjectionFailed when it is that tight already, or more is in use: that would be an OOM kill
    static RestoreGroupLimit tightened(ControlGroup group, long bytes) throws InjectionFailed {
        var use = new MemoryGauge.Group(group).now();
        long wanted = bytes / PAGE * PAGE;
        if (use.used() > wanted) {
            throw new InjectionFailed(group + " uses " + Shown.bytes(use.used()) + ", more than the limit of "
                    + Shown.bytes(wanted) + "; its processes would be killed, which the kind oom does");
        }
        return changed(group, wanted);
    }

    /// As [#tightened], whatever is in use.
    static RestoreGroupLimit changed(ControlGroup group, long bytes) throws InjectionFailed {
        var name = group.version() == 1 ? "memory.limit_in_bytes" : "memory.max";
        var before = group.text(name).orElseThrow(() -> new InjectionFailed(group + " has no " + name));
        long wanted = bytes / PAGE * PAGE;
        if (group.number(name).filter(now -> now <= wanted).isPresent()) {
            throw new InjectionFailed(group + " has a limit of " + before + " bytes already");
        }
        return new RestoreGroupLimit(group.file(name), before, String.valueOf(wanted));
    }

    /// Reads what of the limit is in use; the kernel lets no more be used.
    record Probe(ControlGroup group) implements LimitProbe {
        @Override
        public Map<String, String> during(String mark) {
            return Map.of("memory_during", shown());
        }

        @Override
        public Map<String, String> after() {
            return Map.of("memory_after", shown());
        }

        private String shown() {
            if (!group.exists()) {
                return "the group is gone";
            }
            var use = new MemoryGauge.Group(group).now();
            return Shown.bytes(use.used()) + " of " + Shown.bytes(use.total());
        }
    }
}
