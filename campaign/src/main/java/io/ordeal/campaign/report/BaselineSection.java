package io.ordeal.campaign.report;

import java.util.List;

/// How a run stands to an earlier one, as the report shows it.
///
/// @param run the earlier one
/// @param verdict `BETTER`, `SAME`, `WORSE` or `UNCLEAR`
/// @param reasons what the verdict rests on, and why the runs are not alike
public record BaselineSection(String run, String verdict, List<String> reasons, List<Row> rows) {
    public BaselineSection {
        reasons = List.copyOf(reasons);
        rows = List.copyOf(rows);
    }

    /// One measure, in words.
    public record Row(
            String what, String measure, String before, String after, String change, String verdict, String reason) {}
}
