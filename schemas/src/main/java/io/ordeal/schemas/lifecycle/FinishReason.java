package io.ordeal.schemas.lifecycle;

public enum FinishReason {
    COMPLETED,
    INTERRUPTED,
    ABORTED,
    GUARD
}
