package io.ordeal.sample.behaviour;

import java.time.Duration;

/// How the downstream model behaves, and how long the service waits for it.
///
/// @param latency the time one answer takes
/// @param errorRate the fraction of calls, 0 to 1, that it answers with 500
/// @param timeout after which the service gives a call up
public record ModelBehaviour(Latency latency, double errorRate, Duration timeout) {

    static ModelBehaviour read(Fields fields) {
        ModelBehaviour behaviour = new ModelBehaviour(
                fields.latency("latency"),
                fields.number("errorRate", 0, 1),
                Duration.ofMillis(fields.whole("timeoutMs", 1, (long) Latency.LONGEST_MS)));
        fields.refuseUnknown();
        return behaviour;
    }
}
