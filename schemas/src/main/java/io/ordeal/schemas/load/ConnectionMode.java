package io.ordeal.schemas.load;

public enum ConnectionMode {
    PER_USER,
    SHARED
}
