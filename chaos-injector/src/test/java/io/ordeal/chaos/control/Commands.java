package io.ordeal.chaos.control;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Commands that tests send.
final class Commands {
    private Commands() {}

    static Command inject(String id, String kind, String target, Duration duration, Map<String, String> parameters) {
        return command(
                new Command.InjectFault(new FaultSpec(id, kind, target, parameters, duration, 1, Duration.ZERO)));
    }

    static Command command(Command.Action action) {
        return command(action, "run");
    }

    static Command command(Command.Action action, String run) {
        return new Command(UUID.randomUUID().toString(), run, Instant.now(), Optional.empty(), "test", action);
    }
}
