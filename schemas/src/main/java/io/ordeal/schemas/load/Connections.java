package io.ordeal.schemas.load;

import java.time.Duration;

/// How users reach the service.
///
/// @param limit Connections of the whole run, for SHARED.
/// @param connectTimeout Time to connect.
public record Connections(ConnectionMode mode, int limit, Duration connectTimeout) {}
