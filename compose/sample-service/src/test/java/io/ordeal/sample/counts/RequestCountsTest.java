package io.ordeal.sample.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.sample.behaviour.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestCountsTest {

    @TempDir
    private Path directory;

    @Test
    void keepsEachOperationAndStatusApart() {
        RequestCounts counts = RequestCounts.inMemory();
        counts.received(Operation.QUERY);
        counts.answered(Operation.QUERY, 200);
        counts.answered(Operation.QUERY, 200);
        counts.answered(Operation.QUERY, 599);
        counts.abandoned(Operation.PAYMENTS_REFUND);
        TreeMap<Integer, Long> statuses = new TreeMap<>();
        counts.forEachStatus(Operation.QUERY, statuses::put);
        assertThat(statuses).containsEntry(200, 2L).containsEntry(599, 1L).hasSize(2);
        assertThat(counts.countAnswered(Operation.QUERY)).isEqualTo(3);
        assertThat(counts.countReceived(Operation.QUERY)).isEqualTo(1);
        assertThat(counts.countAbandoned(Operation.PAYMENTS_REFUND)).isEqualTo(1);
        assertThat(counts.countReceived(Operation.SEARCH)).isZero();
    }

    @Test
    void writesWhatAnotherReaderOfTheFileSeesAtOnce() throws IOException {
        Path file = directory.resolve("counts");
        RequestCounts counts = RequestCounts.inFile(file);
        byte[] before = Files.readAllBytes(file);
        counts.received(Operation.HEALTH);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before).hasSameSizeAs(before);
    }

    @Test
    void belongsToOneServiceAtATime() throws IOException {
        Path file = directory.resolve("counts");
        RequestCounts.inFile(file).received(Operation.QUERY);
        assertThatThrownBy(() -> RequestCounts.inFile(file)).hasMessage("another service counts in it");
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        Path file = Files.writeString(directory.resolve("notes"), "not counts");
        assertThatThrownBy(() -> RequestCounts.inFile(file)).hasMessageContaining("no counts file");
        assertThat(file).hasContent("not counts");
    }
}
