package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.process.HelperProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a helper runs: on the host at large or in a control group, and how gladly the kernel kills it for memory.
///
/// @param procs the `cgroup.procs` that it joins
/// @param oomScore -1000 to 1000; the highest is killed first
record HelperPlace(Optional<Path> procs, int oomScore) {
    static final int FIRST = 1000;

    static HelperPlace host() {
        return new HelperPlace(Optional.empty(), FIRST);
    }

    static HelperPlace in(ControlGroup group) {
        return new HelperPlace(Optional.of(group.procs()), FIRST);
    }

    /// Returns the command that runs the main class there.
    List<String> jvm(Class<?> mainClass, List<String> jvmArguments, List<String> arguments) {
        var all = new ArrayList<>(List.of(mainClass.getName()));
        all.addAll(arguments);
        return joined(jvmArguments, all);
    }

    /// Returns the command that runs `program` there.
    List<String> program(List<String> program) {
        return joined(List.of(), program);
    }

    private List<String> joined(List<String> jvmArguments, List<String> rest) {
        var arguments = new ArrayList<>(List.of("/proc/self/oom_score_adj", String.valueOf(oomScore)));
        procs.ifPresent(file -> arguments.addAll(List.of(file.toString(), "0")));
        arguments.add("--");
        arguments.addAll(rest);
        return HelperProgram.jvm(Joined.class, jvmArguments, arguments);
    }
}
