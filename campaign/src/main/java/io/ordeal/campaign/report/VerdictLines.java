package io.ordeal.campaign.report;

import io.ordeal.schemas.results.VerdictEvent;
import java.util.List;

/// Verdicts for machines, in the form of `verdicts.jsonl`.
public final class VerdictLines {
    private VerdictLines() {}

    /// Returns one line for each verdict, each with its line end.
    public static String text(List<VerdictEvent> verdicts) {
        return JsonLines.verdicts(verdicts);
    }
}
