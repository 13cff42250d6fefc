package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.FaultKind;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.policy.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Configurations that tests share.
public final class Configurations {
    private Configurations() {}

    /// Targets `api` (proxy and process), `narrow` (a proxy with tight limits) and `host`; two faults at once.
    public static InjectorConfiguration usual() {
        var limits = new Limits(Duration.ofMinutes(10), 2, Duration.ofSeconds(10), Set.of());
        var all = Allowance.everything(limits);
        var proxy = new ProxyFacet(new Address("127.0.0.1", 0), new Address("127.0.0.1", 9));
        var tight = new Allowance(
                EnumSet.of(FaultKind.LATENCY, FaultKind.BANDWIDTH, FaultKind.CPU),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                1000,
                0.5,
                50,
                1);
        return new InjectorConfiguration(
                List.of(
                        new Target(
                                "api",
                                Optional.of(proxy),
                                Optional.of(new ProcessFacet.PidFile(Path.of("/nowhere"))),
                                false,
                                all),
                        new Target("narrow", Optional.of(proxy), Optional.empty(), false, tight),
                        new Target("host", Optional.empty(), Optional.empty(), true, all)),
                limits);
    }
}
