package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.List;

/// What makes an answer good. An answer that is not is INVALID, or HTTP_ERROR when its status is 4xx or 5xx.
///
/// @param statuses Accepted statuses; none: every status below 400.
/// @param bodyContains Text that the body must contain; empty: any body.
/// @param bodyMatches Regular expression that must be found in the body; empty: any body.
/// @param json Values that the body must have.
/// @param minBytes Least length of the body.
/// @param maxBytes Greatest length of the body; -1: any.
/// @param within Longest time from sending to the last byte; zero: any.
public record Check(
        List<Integer> statuses,
        String bodyContains,
        String bodyMatches,
        List<JsonCheck> json,
        long minBytes,
        long maxBytes,
        Duration within) {
    /// Every answer below 400 is good.
    public static final Check NONE = new Check(List.of(), "");

    public Check {
        statuses = List.copyOf(statuses);
        json = List.copyOf(json);
    }

    /// A check of status and text alone.
    public Check(List<Integer> statuses, String bodyContains) {
        this(statuses, bodyContains, "", List.of(), 0, -1, Duration.ZERO);
    }
}
