package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.Programs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many threads and processes a control group may have together: `pids.max` in both versions.
final class ThreadLimit {
    private static final String MAX = "pids.max";
    private static final String CURRENT = "pids.current";

    private ThreadLimit() {}

    /// Returns the limit of `group` as it is and as it is with room for `left` more.
    ///
    /// @throws InjectionFailed when there is no more room already
    static RestoreGroupLimit tightened(ControlGroup group, int left) throws InjectionFailed {
        var before = group.text(MAX).orElseThrow(() -> new InjectionFailed(group + " has no " + MAX));
        long wanted = current(group) + left;
        if (group.number(MAX).filter(now -> now <= wanted).isPresent()) {
            throw new InjectionFailed(group + " can start at most "
                    + Math.max(0, group.number(MAX).orElse(0L) - current(group)) + " more already");
        }
        return new RestoreGroupLimit(group.file(MAX), before, String.valueOf(wanted));
    }

    private static long current(ControlGroup group) {
        return group.number(CURRENT).orElse(0L);
    }

    /// Whether nothing can be started in the group. Where there is room for some, only the numbers are read: to use up
    /// the room would take it from the target.
    record Probe(ControlGroup group) implements LimitProbe {
        @Override
        public Map<String, String> during(String mark) throws InjectionFailed, InterruptedException {
            var evidence = new LinkedHashMap<>(Map.of("pids_during", numbers()));
            var xargs = Programs.installed("xargs");
            boolean full = current(group) >= group.number(MAX).orElse(Long.MAX_VALUE);
            if (full && xargs.isPresent()) {
                evidence.put("probe", refused(xargs.get().toString(), mark));
            }
            return evidence;
        }

        /// Moving a process in is allowed, for it to start another is not; xargs does so when it is given a word.
        private String refused(String xargs, String mark) throws InjectionFailed, InterruptedException {
            try (var program = GroupProgram.start(group, List.of(xargs, "-n1", xargs, "--version"), mark)) {
                int status = program.answer("word\n");
                if (status == 0) {
                    throw new InjectionFailed("a process could still be started in " + group);
                }
                return "no process could be started, status " + status;
            }
        }

        @Override
        public Map<String, String> after() {
            return Map.of("pids_after", numbers());
        }

        private String numbers() {
            return group.text(CURRENT).orElse("none") + " of " + group.text(MAX).orElse("none");
        }
    }
}
