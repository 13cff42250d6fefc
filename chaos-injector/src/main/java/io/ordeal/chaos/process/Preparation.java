package io.ordeal.chaos.process;

import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.ProcessFacet.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Makes the injection of a fault on one process.
///
/// @param folder where programs write their output
/// @param duration of the fault
record Preparation(Path folder, Duration duration, InstantSource clock) {
    /// What a moment leaves of the fault's duration at least, so that its end can be seen.
    private static final Duration MARGIN = Duration.ofMillis(300);

    Injection of(Fault fault, String target, ProcessFacet facet, Subject subject) throws InjectionFailed {
        var victim = Victim.of(target, subject);
        return switch (fault) {
            case ProcessFault.Kill _ -> down(victim, new KillBlow(victim, clock));
            case ProcessFault.Terminate(var grace, var _) -> down(victim, new TerminateBlow(victim, grace, clock));
            case ProcessFault.Restart(var grace, var _) ->
                down(victim, new RestartBlow(victim, new TerminateBlow(victim, grace, clock)));
            case ProcessFault.Overrun(var grace, var _) -> down(victim, new OverrunBlow(victim, grace, clock));
            case ProcessFault.Crash(var moment, var _) -> down(victim, crash(victim, moment, facet));
            case ProcessFault.OutOfMemory _ -> down(victim, outOfMemory(victim));
            case ProcessFault.Pause _ -> new PauseInjection(victim, clock);
            case ResourceFault.Files(var left, var _) -> files(victim, left, facet);
            case ResourceFault.MemoryLimit(var limit) -> {
                var undo = LimitInjection.lower(victim, Resource.DATA, limit);
                yield new LimitInjection(victim, new DataView(victim), undo, clock);
            }
            case ResourceFault.Throttle(var quota) ->
                new ThrottleInjection(victim, quota, duration, folder.resolve("throttler.log"), clock);
            default -> throw new InjectionFailed("there is no " + fault.kind().published() + " of a process");
        };
    }

    private static Injection down(Victim victim, Blow blow) {
        return new DownInjection(victim, blow);
    }

    private Blow crash(Victim victim, String name, ProcessFacet facet) throws InjectionFailed {
        var moment = Optional.ofNullable(facet.moments().get(name))
                .orElseThrow(() -> new InjectionFailed(victim.target() + " has no moment `" + name + "`"));
        var watch = MomentWatch.of(moment, output(victim.target()));
        var patience = duration.compareTo(MARGIN.multipliedBy(2)) > 0 ? duration.minus(MARGIN) : duration.dividedBy(2);
        return new CrashBlow(victim, name, watch, patience, clock);
    }

    private Blow outOfMemory(Victim victim) throws InjectionFailed {
        return switch (MemoryGroup.of(victim)) {
            case MemoryGroup.Found.Own(var group) ->
                new OomBlow(victim, group, folder.resolve("memory-hog.log"), clock);
            case MemoryGroup.Found.None(var reason) -> new LikeOomBlow(victim, reason, clock);
        };
    }

    private Injection files(Victim victim, int left, ProcessFacet facet) throws InjectionFailed {
        try {
            long limit = OpenFiles.lowestLimit(victim.process(), left);
            var undo = LimitInjection.lower(victim, Resource.FILES, limit);
            return new LimitInjection(victim, new FilesView(victim, limit, ready(facet)), undo, clock);
        } catch (IOException e) {
            throw new InjectionFailed("the open files of " + victim.target() + " cannot be counted", e);
        }
    }

    /// Returns the URL by which a process can be seen to serve.
    private static Optional<URI> ready(ProcessFacet facet) {
        return switch (facet) {
            case ProcessFacet.Supervised program -> program.ready().map(Readiness::url);
            case ProcessFacet.PidFile _ -> Optional.empty();
        };
    }

    /// Returns where the program of a supervised target prints to.
    Path output(String target) {
        return folder.resolve(target + ".log");
    }
}
