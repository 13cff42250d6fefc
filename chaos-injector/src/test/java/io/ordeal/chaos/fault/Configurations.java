package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.Bound;
import io.ordeal.chaos.policy.HostFacet;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Configurations that tests share.
public final class Configurations {
    private Configurations() {}

    /// Targets `api` (proxy and process), `narrow` (a proxy with tight limits) and `host`; two faults at once.
    public static InjectorConfiguration usual() {
        var limits =
                new Limits(Duration.ofMinutes(10), 2, 1000, Duration.ofSeconds(10), Set.of(), List.of(), List.of());
        var all = Allowance.everything(limits);
        var proxy = new ProxyFacet.Own(new Address("127.0.0.1", 0), new Address("127.0.0.1", 9));
        var tight = new Allowance(
                EnumSet.of(FaultKind.LATENCY, FaultKind.BANDWIDTH, FaultKind.CPU),
                Duration.ofSeconds(30),
                Map.of(
                        Bound.MAX_LATENCY, 1.0,
                        Bound.MIN_RATE, 1000.0,
                        Bound.MAX_FRACTION, 0.5,
                        Bound.MAX_LOAD, 0.5,
                        Bound.MAX_CORES, 1.0));
        var process = new ProcessFacet.PidFile(Path.of("/nowhere"), Map.of());
        return new InjectorConfiguration(
                List.of(
                        new Target("api", List.of(proxy, process), all),
                        new Target("narrow", List.of(proxy), tight),
                        new Target("host", List.of(new HostFacet()), all)),
                limits);
    }

    /// Of [#usual], the target `narrow` alone.
    public static InjectorConfiguration narrowOnly() {
        var usual = usual();
        return new InjectorConfiguration(List.of(usual.target("narrow").orElseThrow()), usual.limits());
    }
}
