package io.ordeal.schemas.lifecycle;

public enum RevertCause {
    ELAPSED,
    CLEARED,
    LEASE_LOST,
    RESTARTED,
    SHUT_DOWN,
    GUARD
}
