package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import java.util.Map;

/// Measures whether a limit of a control group limits. It uses what its group has, shortly, and carries a mark.
interface LimitProbe {
    /// Measures while the limit is in force.
    ///
    /// @param mark what processes of the probe carry
    /// @throws InjectionFailed when the limit does not limit
    Map<String, String> during(String mark) throws InjectionFailed, InterruptedException;

    /// Measures when it is no more.
    Map<String, String> after();
}
