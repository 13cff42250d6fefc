/// What keeps the service within its means: rate limiter, waiting room, circuit breaker. Pure: the caller passes the
/// time.
@NullMarked
package io.ordeal.sample.limits;

import org.jspecify.annotations.NullMarked;
