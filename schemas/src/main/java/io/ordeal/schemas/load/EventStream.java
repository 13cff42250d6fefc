package io.ordeal.schemas.load;

/// How a stream of server-sent events is read. Measures: first_event_ms, between_events_ms, and tokens_per_second where
/// there are tokens.
///
/// @param token The type of the events that are tokens; empty: every one is.
/// @param last A text in the data of the event that ends the stream; empty: the service ends it.
public record EventStream(String token, String last) {}
