package io.ordeal.campaign.run;

import io.ordeal.schemas.lifecycle.FinishReason;
import java.util.List;

/// How a run came to its end.
///
/// @param reason why the runner finished
/// @param detail what it said, for instance which guard
/// @param troubles what the runner itself has to add to the verdict: what it waited for in vain
public record RunEnd(FinishReason reason, String detail, List<String> troubles) {
    public RunEnd {
        troubles = List.copyOf(troubles);
    }
}
