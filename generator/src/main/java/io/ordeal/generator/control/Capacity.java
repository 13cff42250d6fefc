package io.ordeal.generator.control;

import io.ordeal.generator.schedule.Share;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.StepKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What the process has for connections.
///
/// @param descriptors file descriptors that it may have
/// @param open file descriptors that it has already
/// @param ports local ports that connections to one destination can begin at
public record Capacity(long descriptors, long open, long ports) {
    /// More than any plan needs.
    public static final Capacity AMPLE = new Capacity(Long.MAX_VALUE, 0, Long.MAX_VALUE);

    /// What broker, registry, logs and probes need beside the load.
    private static final long ASIDE = 256;

    /// Returns why the segments of `plans`, all of one run, cannot be driven together; nothing when they can. What
    /// users of an open model need is not known before: they are let pass.
    List<String> shortages(Collection<SegmentPlan> plans) {
        long needed = plans.stream().mapToLong(Capacity::needed).sum();
        var shortages = new ArrayList<String>();
        if (needed > descriptors - open - ASIDE) {
            shortages.add("it needs " + needed + " connections from this process, which may have " + descriptors
                    + " file descriptors, has " + open + " and keeps " + ASIDE + " aside; raise the limit before it"
                    + " is started (`ulimit -n " + (needed + open + ASIDE) + "`), or start more generators");
        }
        if (needed > ports) {
            shortages.add("it needs " + needed + " connections from this host to one address, which has " + ports
                    + " local ports for them; widen their range (`sysctl -w net.ipv4.ip_local_port_range=\"10240"
                    + " 65535\"`), or start generators on more hosts");
        }
        return shortages;
    }

    /// Returns how many connections the segment of `plan` is sure to have at once.
    static long needed(SegmentPlan plan) {
        var share = new Share(plan.segment(), plan.segments());
        long users = users(plan.phases(), share)
                + plan.scenarios().stream()
                        .mapToLong(scenario -> users(scenario.load(), share))
                        .sum();
        boolean sockets = kinds(plan).anyMatch(StepKind.CONNECT::equals);
        boolean requests = kinds(plan).anyMatch(kind -> kind == StepKind.REQUEST || kind == StepKind.EVENTS);
        long forRequests = plan.connections().mode() == ConnectionMode.SHARED
                ? Math.max(1, share.of(plan.connections().limit()))
                : users;
        return (requests ? forRequests : 0) + (sockets ? users : 0);
    }

    private static Stream<StepKind> kinds(SegmentPlan plan) {
        return plan.scenarios().stream()
                .flatMap(scenario -> scenario.steps().stream())
                .map(step -> step.kind());
    }

    private static long users(List<LoadPhase> phases, Share share) {
        return phases.stream()
                .filter(phase -> closed(phase.model()))
                .mapToLong(phase -> share.of((int) Math.ceil(Math.max(phase.from(), phase.to()))))
                .max()
                .orElse(0);
    }

    private static boolean closed(LoadModel model) {
        return switch (model) {
            case CONSTANT_USERS, RAMPING_USERS, STEPPED_USERS, ITERATIONS_PER_USER, SHARED_ITERATIONS -> true;
            case CONSTANT_RATE, RAMPING_RATE, STEPPED_RATE, ARRIVALS -> false;
        };
    }
}
