package io.ordeal.aggregator.audit;

import java.util.ArrayList;

/// Works out the windows and verdicts of a finished run from its records, as docs/verdicts.md defines them.
///
/// Two things are not in the records, as the wall clock decided them, and are taken from what was told: which windows
/// closed by a wait, and which faults were known when a window closed.
public final class Auditor {
    private Auditor() {}

    /// Returns what should have been told; prose is left empty, except for `reasons`.
    ///
    /// @param told what was told of the run; [Results#NONE] where that does not matter
    public static Results recompute(RunRecords records, Results told) {
        var reading = new Reading(records, told);
        var dossier = reading.dossier();
        var windows = new Windows(dossier, reading.events(), told);
        var verdicts = new ArrayList<>(windows.verdicts());
        verdicts.addAll(new Conclusion(dossier).verdicts());
        return new Results(windows.summaries(), verdicts);
    }

    /// Returns how what was told differs from what should have been; nothing where it does not.
    public static java.util.List<Difference> audit(RunRecords records, Results told) {
        return Differ.differences(told, recompute(records, told));
    }
}
