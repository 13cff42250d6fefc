package io.ordeal.schemas.load;

/// How iterations are begun. USERS and ITERATIONS are closed models (a user waits for its answer), RATE and ARRIVALS
/// are
/// open ones (arrivals do not wait).
///
/// CONSTANT uses `from`. RAMPING goes linearly from `from` to `to` over the phase. STEPPED begins at `from` and changes
/// by `step` after each `every` until it is at `to`. ITERATIONS_PER_USER: `from` users perform `count` iterations each;
/// SHARED_ITERATIONS: they perform `count` between them; the phase lasts as planned even if they are done before.
/// ARRIVALS: `count` arrivals, spread evenly over the phase.
public enum LoadModel {
    CONSTANT_USERS,
    RAMPING_USERS,
    STEPPED_USERS,
    ITERATIONS_PER_USER,
    SHARED_ITERATIONS,
    CONSTANT_RATE,
    RAMPING_RATE,
    STEPPED_RATE,
    ARRIVALS
}
