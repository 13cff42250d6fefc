package io.ordeal.chaos.process;

import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.chaos.undo.UndoLog;
import io.ordeal.schemas.fault.Facet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.awaitility.Awaitility;

/// Processes of targets as an injector has them, for tests.
final class LiveProcesses implements AutoCloseable {
    private static final UndoLog FORGETFUL = new UndoLog() {
        @Override
        public void open(String entry, Undo undo) {
            // the test ends what it has started
        }

        @Override
        public void strike(String entry) {
            // nothing was written
        }
    };

    private final ProcessInjections injections;

    private LiveProcesses(ProcessInjections injections) {
        this.injections = injections;
    }

    /// Starts those of `targets`, which stand below `targets:` in a configuration.
    static LiveProcesses start(Path folder, String targets) throws IOException {
        var configuration = InjectorConfiguration.parse("test.yaml", "targets:\n" + targets);
        var started = ProcessInjections.start(configuration.targets(), folder, FORGETFUL, InstantSource.system());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(started::ready);
        return new LiveProcesses(started);
    }

    ProcessInjections injections() {
        return injections;
    }

    Injection prepare(Fault fault, String target, Duration duration) throws InjectionFailed {
        return prepare(fault, target, duration, Facet.PROCESS, 1);
    }

    Injection prepare(Fault fault, String target, Duration duration, Facet facet, long seed) throws InjectionFailed {
        var key = new FaultKey("run", "f");
        return injections.prepare(
                new FaultPlan(key, "command", target, facet, fault, duration, Optional.empty()), seed);
    }

    @Override
    public void close() {
        injections.close();
    }
}
