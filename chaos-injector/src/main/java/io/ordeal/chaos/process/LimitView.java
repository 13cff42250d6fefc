package io.ordeal.chaos.process;

import java.util.Map;

/// What shows of a limit beside its number.
interface LimitView {
    /// Returns what is measured while it is in force.
    Map<String, String> during();

    /// Returns what is measured after it.
    Map<String, String> after();
}
