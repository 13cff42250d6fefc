package io.ordeal.chaos.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of the two streams of a connection a fault is on.
public enum Direction {
    /// From the client to the service.
    UPSTREAM,
    /// From the service to the client.
    DOWNSTREAM,
    /// Each of the two.
    BOTH;

    /// Returns the name used in parameters.
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the stream towards the service (`upstream`) or the one towards the client is meant.
    public boolean covers(boolean upstream) {
        return upstream ? this != DOWNSTREAM : this != UPSTREAM;
    }

    static Optional<Direction> named(String name) {
        return Arrays.stream(values())
                .filter(direction -> direction.published().equals(name))
                .findAny();
    }
}
