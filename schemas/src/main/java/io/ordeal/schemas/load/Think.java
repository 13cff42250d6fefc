package io.ordeal.schemas.load;

import java.time.Duration;

/// Time between steps. CONSTANT: `min`; UNIFORM: `min` to `max`; EXPONENTIAL: mean `min`, cut at `max`. Microseconds.
public record Think(ThinkKind kind, Duration min, Duration max) {}
