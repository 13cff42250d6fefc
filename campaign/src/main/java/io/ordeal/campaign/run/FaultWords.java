package io.ordeal.campaign.run;

import io.ordeal.schemas.lifecycle.RevertCause;
import java.util.Map;
import java.util.stream.Collectors;

/// What events say about faults, in words for a person.
final class FaultWords {
    private FaultWords() {}

    static String cause(RevertCause cause) {
        return switch (cause) {
            case ELAPSED -> "its time is over";
            case CLEARED -> "it was cleared";
            case LEASE_LOST -> "its lease was lost";
            case RESTARTED -> "the injector was killed and has started again";
            case SHUT_DOWN -> "the injector has shut down";
            case GUARD -> "the injector was killed and its guard undid it";
        };
    }

    static String evidence(Map<String, String> evidence) {
        return evidence.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
