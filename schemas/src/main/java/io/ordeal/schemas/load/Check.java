package io.ordeal.schemas.load;

import java.util.List;

/// What makes an answer good. An answer that is not is INVALID, or HTTP_ERROR when its status is 4xx or 5xx.
///
/// @param statuses Accepted statuses; none: every status below 400.
/// @param bodyContains Text that the body must contain; empty: any body.
public record Check(List<Integer> statuses, String bodyContains) {
    public Check {
        statuses = List.copyOf(statuses);
    }
}
