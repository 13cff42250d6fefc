package io.ordeal.schemas.load;

public enum ThinkKind {
    NONE,
    CONSTANT,
    UNIFORM,
    EXPONENTIAL
}
