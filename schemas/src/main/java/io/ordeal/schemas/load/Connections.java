package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.Optional;

/// How users reach the service.
///
/// @param limit Connections of the whole run, for SHARED.
/// @param connectTimeout Time to connect, TLS handshake included.
/// @param streams Requests at once on a SHARED connection of HTTP/2.
/// @param churn A connection is closed after this many requests; 0: kept as long as the service keeps it.
/// @param storm All connections are dropped in the same instant at each multiple of this, counted from the start of
/// the run; zero: never.
/// @param tls An `https` target without it is trusted by the platform's authorities.
public record Connections(
        ConnectionMode mode,
        int limit,
        Duration connectTimeout,
        HttpVersion version,
        int streams,
        int churn,
        Duration storm,
        Optional<Tls> tls) {
    private static final int STREAMS = 100;

    /// Connections of HTTP/1.1 that are kept.
    public Connections(ConnectionMode mode, int limit, Duration connectTimeout) {
        this(mode, limit, connectTimeout, HttpVersion.HTTP_1_1, STREAMS, 0, Duration.ZERO, Optional.empty());
    }
}
