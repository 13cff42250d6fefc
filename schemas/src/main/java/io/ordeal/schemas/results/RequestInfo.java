package io.ordeal.schemas.results;

import java.util.Map;

/// Names for the request indices in timings; the position in the array is the index.
///
/// @param tags What the campaign has marked the scenario with, for reports.
public record RequestInfo(String scenario, String request, Map<String, String> tags) {
    public RequestInfo {
        tags = Map.copyOf(tags);
    }

    /// A request of a scenario without tags.
    public RequestInfo(String scenario, String request) {
        this(scenario, request, Map.of());
    }
}
