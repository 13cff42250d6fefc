package io.ordeal.schemas.load;

/// SEQUENTIAL: each row once, in order; SHUFFLED: each row once, in an order drawn from the seed; CIRCULAR: in order,
/// again and again; RANDOM: any row each time.
public enum FeederOrder {
    SEQUENTIAL,
    SHUFFLED,
    CIRCULAR,
    RANDOM
}
