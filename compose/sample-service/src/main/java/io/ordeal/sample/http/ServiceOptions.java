package io.ordeal.sample.http;

import io.ordeal.sample.counts.RequestCounts;
import io.ordeal.sample.store.DocumentFiles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a service is made of, with everything opened that can fail to open.
///
/// @param host the address of both listeners
/// @param port of the service; 0 for a free one
/// @param modelPort of the downstream model; 0 for a free one
/// @param model where the service calls the model instead of its own listener: through a proxy, for one
/// @param backlog how many connections may wait to be accepted, as far as the kernel lets them
/// @param mostBodyBytes beyond which a request gets 413
/// @param drain how long health says 503 before the listener closes
/// @param grace how long requests in flight may take to end once the listener is closed
/// @param files the data directory, if there is one
/// @param counts the request counts
/// @param adminToken what an administrator must bring, if anything
/// @param defaults the whole behaviour document that a changed one is laid over
public record ServiceOptions(
        String host,
        int port,
        int modelPort,
        Optional<Address> model,
        int backlog,
        int mostBodyBytes,
        Duration drain,
        Duration grace,
        Optional<DocumentFiles> files,
        RequestCounts counts,
        Optional<String> adminToken,
        Map<String, Object> defaults) {

    /// A host and a port.
    public record Address(String host, int port) {}
}
