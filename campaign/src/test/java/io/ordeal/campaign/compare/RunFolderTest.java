package io.ordeal.campaign.compare;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.campaign.report.ReportFolder;
import io.ordeal.campaign.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatARunHasLeft() throws IOException {
        var result = Results.failed(SMALL);
        new ReportFolder(folder).write(result);

        var run = RunFolder.read(folder);
        assertThat(run.run()).isEqualTo(result.run());
        assertThat(run.campaign()).isEqualTo("small");
        assertThat(run.plan()).isPresent();
        assertThat(run.verdict()).isEqualTo("FAIL");
        assertThat(run.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.windows()).isNotEmpty();
            assertThat(request.all().total()).isPositive();
        });
    }

    @Test
    void leavesOutPhasesThatAreNotJudged() throws IOException {
        new ReportFolder(folder).write(Results.failed(SMALL));
        long judged = windows();
        var summary = folder.resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replace("\"judged\" : true", "\"judged\" : false"));
        assertThat(windows()).isLessThan(judged);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageEndingWith("it has no summary.json");
        Files.writeString(folder.resolve("summary.json"), "{");
        assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageContaining("summary.json cannot be read");
        Files.writeString(folder.resolve("summary.json"), "{}");
        assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageContaining("summary.json has no text `run`");
        new ReportFolder(folder).write(Results.failed(SMALL));
        Files.delete(folder.resolve("histograms.hlog"));
        assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageContaining("histograms.hlog is missing");
    }

    private long windows() throws IOException {
        return RunFolder.read(folder).requests().stream()
                .mapToLong(request -> request.windows().size())
                .sum();
    }
}
