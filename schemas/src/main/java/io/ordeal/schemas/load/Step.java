package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.Map;

/// One request of a scenario.
///
/// @param request Index of the request within the run, as timings carry it.
/// @param path Path and query, as sent.
/// @param timeout From sending until the last byte.
public record Step(
        int request,
        String name,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        Duration timeout,
        Check check) {
    public Step {
        headers = Map.copyOf(headers);
    }
}
