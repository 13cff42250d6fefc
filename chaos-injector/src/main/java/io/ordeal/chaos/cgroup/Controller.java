package io.ordeal.chaos.cgroup;

import java.util.Locale;

/// What a hierarchy can hold its groups to.
public enum Controller {
    CPU,
    MEMORY,
    PIDS,
    FREEZER;

    /// Returns its name as the kernel has it.
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }
}
