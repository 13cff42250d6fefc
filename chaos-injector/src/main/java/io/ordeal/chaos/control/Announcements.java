package io.ordeal.chaos.control;

import io.ordeal.chaos.targets.Targets;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.TargetInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Says what may be touched and what the host can do: at once, when asked to, and every minute, so that whoever comes
/// later need not read the whole topic, and an injector that has run for weeks is still known.
public final class Announcements implements AutoCloseable {
    /// How often it is said again.
    public static final Duration EVERY = Duration.ofMinutes(1);

    private final Targets targets;
    private final Outlet outlet;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("announcements").daemon().factory());

    private Announcements(Targets targets, Outlet outlet, InstantSource clock) {
        this.targets = targets;
        this.outlet = outlet;
        this.clock = clock;
    }

    /// Says it, and goes on saying it.
    public static Announcements start(Targets targets, Outlet outlet, InstantSource clock) {
        var announcements = new Announcements(targets, outlet, clock);
        var _ = announcements.timer.scheduleAtFixedRate(announcements::say, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return announcements;
    }

    /// Says it now: something has changed.
    public void say() {
        var infos = targets.configuration().targets().stream()
                .map(target -> new TargetInfo(
                        target.name(),
                        targets.kinds(target).stream().map(FaultKind::published).toList(),
                        targets.impossible(target).entrySet().stream()
                                .collect(
                                        Collectors.toMap(entry -> entry.getKey().published(), Map.Entry::getValue))))
                .toList();
        outlet.say("", clock.instant(), new InjectorAnnounced(infos, targets.mechanisms()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
