package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.EventStream;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.Retry;
import io.ordeal.schemas.load.StepKind;
import io.ordeal.schemas.load.Think;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One request. Steps of one scenario that share a name are counted together.
///
/// @param name as results show it: as given, or method and path without its query
/// @param method in capitals
/// @param path path and query, as sent
/// @param body as sent; empty: none
/// @param extract variables taken from the answer, for later steps
/// @param measures numbers taken from the answer
/// @param retry when to try again; empty: never
/// @param think time to think after it; empty: the scenario's
/// @param timeout from sending until the last byte
/// @param kind a request, or a part of a conversation over a WebSocket
/// @param events how a stream of events is read; for EVENTS only
public record StepSpec(
        String name,
        String method,
        String path,
        SortedMap<String, String> headers,
        String body,
        Duration timeout,
        Check check,
        List<Extraction> extract,
        List<Extraction> measures,
        Optional<Retry> retry,
        Optional<Think> think,
        StepKind kind,
        Optional<EventStream> events) {
    public StepSpec {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        extract = List.copyOf(extract);
        measures = List.copyOf(measures);
    }

    /// Returns a step of one plain request with its headers in any kind of map.
    public static StepSpec of(
            String name,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            Duration timeout,
            Check check) {
        return new StepSpec(
                name,
                method,
                path,
                new TreeMap<>(headers),
                body,
                timeout,
                check,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                StepKind.REQUEST,
                Optional.empty());
    }
}
