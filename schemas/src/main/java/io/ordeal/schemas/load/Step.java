package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request of a scenario. In `path`, `headers` and `body`, `${name}` stands for a variable and `$${` for `${`.
///
/// @param request Index of the request within the run, as timings carry it.
/// @param path Path and query, as sent.
/// @param timeout From sending until the last byte.
/// @param extract Variables taken from the answer, for later steps of the iteration.
/// @param measures Numbers taken from the answer that are published as custom measures, by name.
/// @param retry When to try again; empty: never.
/// @param think Time to think after this step, in place of the scenario's; empty: the scenario's.
/// @param events How to read EVENTS; empty: every event counts, and the stream ends when the service ends it.
public record Step(
        int request,
        String name,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        Duration timeout,
        Check check,
        StepKind kind,
        List<Extraction> extract,
        List<Extraction> measures,
        Optional<Retry> retry,
        Optional<Think> think,
        Optional<EventStream> events) {
    public Step {
        headers = Map.copyOf(headers);
        extract = List.copyOf(extract);
        measures = List.copyOf(measures);
    }

    /// A plain request.
    public Step(
            int request,
            String name,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            Duration timeout,
            Check check) {
        this(
                request,
                name,
                method,
                path,
                headers,
                body,
                timeout,
                check,
                StepKind.REQUEST,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
