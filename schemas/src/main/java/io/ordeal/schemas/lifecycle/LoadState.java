package io.ordeal.schemas.lifecycle;

public enum LoadState {
    STARTED,
    ADJUSTED,
    PAUSED,
    RESUMED,
    STOPPED
}
