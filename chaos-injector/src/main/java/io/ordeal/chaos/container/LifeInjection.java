package io.ordeal.chaos.container;

import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A container that is killed, told to end, started anew or paused.
///
/// What the engine is asked to end, its restart policy does not bring back: to the engine, somebody meant it.
final class LifeInjection implements Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    private final Life life;
    private final ContainerState before;
    private final ProcessFault fault;
    private final InstantSource clock;
    private volatile boolean told;
    private volatile long toldAt;

    LifeInjection(Life life, ContainerState before, ProcessFault fault, InstantSource clock) {
        this.life = life;
        this.before = before;
        this.fault = fault;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return fault instanceof ProcessFault.Pause ? new UnpauseContainer(life) : new StartContainer(life);
    }

    @Override
    public List<String> steps() {
        return List.of("POST /containers/" + life.id() + "/" + request());
    }

    private String request() {
        return switch (fault) {
            case ProcessFault.Pause _ -> "pause";
            case ProcessFault.Terminate _, ProcessFault.Restart _ -> "kill?signal=" + before.stopSignal();
            default -> "kill?signal=SIGKILL";
        };
    }

    @Override
    public Instant act() throws InjectionFailed {
        try {
            if (life.state().isEmpty()) {
                throw new InjectionFailed("the container was started anew or removed meanwhile");
            }
            var actedAt = clock.instant();
            toldAt = System.nanoTime();
            told = true;
            life.post(request());
            return actedAt;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be touched", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(
                Map.of("container", life.id().substring(0, 12), "pid_before", String.valueOf(before.pid())));
        try {
            switch (fault) {
                case ProcessFault.Pause _ -> {
                    if (!within(
                            PATIENCE,
                            () -> life.state().map(ContainerState::paused).orElse(false))) {
                        throw new InjectionFailed("the container is not paused");
                    }
                    evidence.put("state", "paused");
                    Hierarchies.ofHost()
                            .groupOf(Controller.FREEZER, before.pid())
                            .flatMap(group -> group.text("cgroup.freeze", "freezer.state"))
                            .ifPresent(frozen -> evidence.put("freezer", frozen));
                }
                case ProcessFault.Terminate(var grace, var _) -> ended(grace, evidence);
                case ProcessFault.Restart(var grace, var _) -> {
                    ended(grace, evidence);
                    life.post("start");
                    running(evidence);
                }
                default -> ended(Duration.ZERO, evidence);
            }
            return evidence;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be looked at", e);
        }
    }

    private void ended(Duration grace, Map<String, String> evidence) throws InjectionFailed, InterruptedException {
        BooleanSupplier down = () -> life.state().map(state -> !state.up()).orElse(true);
        var signal = "in order";
        if (!within(grace.isZero() ? PATIENCE : grace, down)) {
            signal = "killed after its grace";
            life.post("kill?signal=SIGKILL");
            if (!within(PATIENCE, down)) {
                throw new InjectionFailed("the container lives in spite of SIGKILL");
            }
        }
        var now = life.state()
                .orElseThrow(() -> new InjectionFailed("somebody has started the container anew, or removed it"));
        evidence.put("state", now.status());
        evidence.put("exit_code", String.valueOf(now.exitCode()));
        evidence.put("ended", grace.isZero() ? "killed" : signal);
        evidence.put("gone_after", Shown.millis(Duration.ofNanos(System.nanoTime() - toldAt)));
        evidence.put("restart_policy", before.restartPolicy());
    }

    private void running(Map<String, String> evidence) throws InjectionFailed, InterruptedException {
        if (!within(PATIENCE, () -> life.now().map(ContainerState::up).orElse(false))) {
            throw new InjectionFailed("the container does not start");
        }
        evidence.put(
                "pid_after", String.valueOf(life.now().map(ContainerState::pid).orElse(0L)));
    }

    @Override
    public void revert() throws InjectionFailed {
        try {
            boolean ending = fault instanceof ProcessFault.Terminate || fault instanceof ProcessFault.Restart;
            if (told && ending && life.state().map(ContainerState::up).orElse(false)) {
                life.post("kill?signal=SIGKILL"); // it was told to end already: it ends now, and starts again
            }
            if (told || fault instanceof ProcessFault.Pause) {
                undo().perform();
            }
        } catch (IllegalStateException e) {
            throw new InjectionFailed("the container cannot be brought back", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        try {
            if (!within(PATIENCE, undo()::done)) {
                throw new InjectionFailed(
                        "the container is " + undo().evidence().get("container"));
            }
            var evidence = new LinkedHashMap<>(undo().evidence());
            long start = System.nanoTime();
            var _ = within(
                    HEALTHY,
                    () -> life.now()
                            .map(state -> !state.health().equals("starting"))
                            .orElse(true));
            life.now().ifPresent(state -> {
                evidence.put("pid_after", String.valueOf(state.pid()));
                evidence.put("health", state.health());
                evidence.put("ready_after", Shown.millis(Duration.ofNanos(System.nanoTime() - start)));
            });
            return evidence;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be looked at", e);
        }
    }

    private static boolean within(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }
}
