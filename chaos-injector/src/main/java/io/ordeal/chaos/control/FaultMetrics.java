package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.Decision;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/// Counts of what became of faults, and which are in force.
public final class FaultMetrics {
    private static final List<String> RESULTS = List.of("applied", "reverted", "rejected", "failed");

    private static final List<String> RULINGS = List.of(
            "injected", "rehearsed", "renewed", "cleared", "repeated", "rejected", "refused", "not_ours", "late");

    private final Counter faults;
    private final Gauge active;
    private final Counter policies;
    private final Counter commands;

    /// Registers them, every known label set at 0.
    public FaultMetrics(PrometheusRegistry registry) {
        faults = Counter.builder()
                .name("ordeal_injector_faults_total")
                .help("What became of faults")
                .labelNames("kind", "result")
                .register(registry);
        active = Gauge.builder()
                .name("ordeal_injector_fault_active")
                .help("1 while the fault is in force, 0 afterwards")
                .labelNames("fault", "kind", "target")
                .register(registry);
        commands = Counter.builder()
                .name("ordeal_injector_commands_total")
                .help("What became of commands; each is counted once")
                .labelNames("result")
                .register(registry);
        RULINGS.forEach(commands::initLabelValues);
        policies = Counter.builder()
                .name("ordeal_injector_policies_total")
                .help("Changed configurations that were read while running")
                .labelNames("result")
                .register(registry);
        List.of("adopted", "refused").forEach(policies::initLabelValues);
        for (var kind : FaultKind.values()) {
            RESULTS.forEach(result -> faults.initLabelValues(kind.published(), result));
        }
    }

    void said(FaultPlan plan, LifecycleEvent.Event event) {
        if (event instanceof FaultApplied) {
            count(plan, "applied", 1);
        } else if (event instanceof FaultReverted) {
            count(plan, "reverted", 0);
        } else if (event instanceof FaultFailed) {
            count(plan, "failed", 0);
        }
    }

    /// Counts a rejection; a kind that is none of ours is counted as `unknown`.
    void rejected(String kind) {
        faults.labelValues(FaultKind.named(kind).map(FaultKind::published).orElse("unknown"), "rejected")
                .inc();
    }

    /// Counts a command by what was decided on it.
    void decided(Decision decision) {
        commands.labelValues(
                        switch (decision) {
                            case Decision.Inject _ -> "injected";
                            case Decision.Rehearse _ -> "rehearsed";
                            case Decision.Renew _ -> "renewed";
                            case Decision.Clear _ -> "cleared";
                            case Decision.Repeat _ -> "repeated";
                            case Decision.Reject _ -> "rejected";
                            case Decision.Refuse _ -> "refused";
                            case Decision.NotOurs _ -> "not_ours";
                        })
                .inc();
    }

    /// Counts a command that came while the injector was closing.
    void late() {
        commands.labelValues("late").inc();
    }

    /// Counts a changed configuration.
    void policyRead(boolean adopted) {
        policies.labelValues(adopted ? "adopted" : "refused").inc();
    }

    /// Forgets a fault that ended a while ago.
    void forget(FaultPlan plan) {
        active.remove(plan.key().id(), plan.kind(), plan.target());
    }

    private void count(FaultPlan plan, String result, double inForce) {
        faults.labelValues(plan.kind(), result).inc();
        active.labelValues(plan.key().id(), plan.kind(), plan.target()).set(inForce);
    }
}
