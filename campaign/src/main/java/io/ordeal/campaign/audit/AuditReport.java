package io.ordeal.campaign.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.aggregator.audit.Auditor;
import io.ordeal.aggregator.audit.Difference;
import io.ordeal.campaign.screen.Figures;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What came of auditing one run.
///
/// @param differences between what was told and what was worked out again; none where records are gone
public record AuditReport(RunArchive archive, List<Difference> differences) {
    /// How many differences are shown to people.
    public static final int SHOWN = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    public AuditReport {
        differences = List.copyOf(differences);
    }

    /// Audits what is there of a run. Where records are gone, nothing can be held against the rest.
    public static AuditReport of(RunArchive archive) {
        return new AuditReport(
                archive,
                archive.gone().isEmpty() && archive.judged()
                        ? Auditor.audit(archive.records(), archive.told())
                        : List.of());
    }

    /// Whether everything could be compared.
    public boolean complete() {
        return archive.gone().isEmpty() && archive.judged();
    }

    /// Returns it for a person.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        if (!archive.judged()) {
            lines.add("The run has no verdict yet: nothing was compared.");
        }
        if (!archive.gone().isEmpty()) {
            lines.add("Records of the run are gone: nothing was compared.");
            archive.gone().forEach(what -> lines.add("  " + what));
        }
        if (complete()) {
            lines.add(Figures.count(archive.told().windows().size()) + " window summaries and "
                    + Figures.count(archive.told().verdicts().size()) + " verdicts, recomputed from "
                    + Figures.count(archive.records().timings().size()) + " timings, "
                    + Figures.count(archive.records().lifecycle().size()) + " lifecycle events and "
                    + Figures.count(archive.records().samples().size()) + " resource samples.");
            lines.add(line());
            differences.stream().limit(SHOWN).forEach(difference -> lines.add("  " + difference.text()));
            if (differences.size() > SHOWN) {
                lines.add("  and " + Figures.count(differences.size() - SHOWN) + " more");
            }
        }
        return lines;
    }

    /// Returns the result in one line.
    public String line() {
        if (!complete()) {
            return "The audit could not compare everything.";
        }
        return differences.isEmpty()
                ? "What was told equals what was recomputed, field by field."
                : "What was told differs from what was recomputed in " + Figures.count(differences.size()) + " "
                        + (differences.size() == 1 ? "place." : "places.");
    }

    /// Returns it for machines, as one object.
    public String json() {
        var root = JSON.createObjectNode()
                .put("run", archive.records().objectives().run())
                .put("equal", complete() && differences.isEmpty())
                .put("judged", archive.judged())
                .put("windows", archive.told().windows().size())
                .put("verdicts", archive.told().verdicts().size())
                .put("timings", archive.records().timings().size());
        archive.gone().forEach(root.putArray("gone")::add);
        var list = root.putArray("differences");
        differences.forEach(difference -> list.addObject()
                .put("subject", difference.subject())
                .put("field", difference.field())
                .put("told", difference.told())
                .put("recomputed", difference.recomputed()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
