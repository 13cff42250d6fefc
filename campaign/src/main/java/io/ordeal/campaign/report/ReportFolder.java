package io.ordeal.campaign.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The folder that a run leaves behind. Each file appears whole or not at all.
public final class ReportFolder {
    private final Path folder;

    /// @param folder is made when something is written
    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    /// Writes every file, what machines read first.
    ///
    /// @throws IOException when one cannot be written; those before it are there
    public void write(RunResult result) throws IOException {
        Files.createDirectories(folder);
        text("summary.json", SummaryJson.text(result));
        text("junit.xml", JunitXml.text(result));
        text("verdicts.jsonl", JsonLines.verdicts(result.verdicts()));
        text("lifecycle.jsonl", JsonLines.lifecycle(result.events()));
        var csv = new LocustCsv(result);
        text("ordeal_stats.csv", csv.stats());
        text("ordeal_stats_history.csv", csv.history());
        text("ordeal_failures.csv", csv.failures());
        text("ordeal_exceptions.csv", csv.exceptions());
        whole("histograms.hlog", to -> {
            try (var out = Files.newOutputStream(to)) {
                HistogramLog.write(result.windows(), result.verdict().startedAt(), out);
            }
        });
        text("report.html", ReportPage.text(result));
    }

    /// Adds the comparison with an earlier run: `comparison.json`, and a section of the page.
    ///
    /// @param comparison as JSON
    /// @throws IOException when it cannot be written
    public void writeBeside(RunResult result, String comparison) throws IOException {
        text("comparison.json", comparison + "\n");
        text("report.html", ReportPage.text(result));
    }

    /// Returns the path of the page for people.
    public Path page() {
        return folder.resolve("report.html");
    }

    private void text(String name, String content) throws IOException {
        whole(name, to -> Files.writeString(to, content));
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private void whole(String name, Writing writing) throws IOException {
        var draft = folder.resolve("." + name + ".part");
        try {
            writing.to(draft);
            Files.move(
                    draft, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
