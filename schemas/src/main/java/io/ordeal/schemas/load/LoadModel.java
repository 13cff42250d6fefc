package io.ordeal.schemas.load;

/// How arrivals are made. USERS are closed models (a user waits for its answer), RATE are open ones (arrivals do not
/// wait).
/// CONSTANT uses `from`; RAMPING goes linearly from `from` to `to` over the phase.
public enum LoadModel {
    CONSTANT_USERS,
    RAMPING_USERS,
    CONSTANT_RATE,
    RAMPING_RATE
}
