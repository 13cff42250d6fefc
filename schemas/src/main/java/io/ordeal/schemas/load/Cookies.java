package io.ordeal.schemas.load;

/// NONE: cookies are ignored; PER_ITERATION: each iteration begins without any; PER_USER: a user keeps them.
public enum Cookies {
    NONE,
    PER_ITERATION,
    PER_USER
}
