package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.List;

/// Trying a request again. Attempt n waits `backoff` times `factor` to the power n, at most `cap`.
///
/// @param attempts Most attempts, the first one included.
/// @param outcomes Outcomes to try again after, by the names of [Outcome].
/// @param statuses Statuses to try again after.
/// @param jitter The part of each wait that is drawn at random, 0 to 1.
/// @param retryAfter Whether an answer's Retry-After, where it is longer, takes the place of the wait, whatever the
/// cap.
public record Retry(
        int attempts,
        List<String> outcomes,
        List<Integer> statuses,
        Duration backoff,
        double factor,
        Duration cap,
        double jitter,
        boolean retryAfter) {
    public Retry {
        outcomes = List.copyOf(outcomes);
        statuses = List.copyOf(statuses);
    }
}
