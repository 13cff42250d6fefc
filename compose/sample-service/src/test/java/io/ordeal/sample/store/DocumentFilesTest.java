package io.ordeal.sample.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFilesTest {

    @TempDir
    private Path directory;

    @Test
    void anotherProcessFindsWhatWasWritten() throws IOException {
        DocumentFiles files = new DocumentFiles(directory);
        assertThat(files.write(7, "a\ntitle", "two\nlines", 0)).isEqualTo(new DocumentFiles.Kept());
        assertThat(files.write(12, "b", "", 0)).isEqualTo(new DocumentFiles.Kept());
        assertThat(new DocumentFiles(directory).load(10))
                .containsExactly(
                        new DocumentFiles.Found(7, "a title", "two\nlines"), new DocumentFiles.Found(12, "b", ""));
        assertThat(files.load(1)).extracting(DocumentFiles.Found::id).containsExactly(12L);
    }

    @Test
    void leavesNothingBehindWhereThereIsNoRoom() throws IOException {
        DocumentFiles files = new DocumentFiles(directory);
        assertThat(files.write(1, "t", "text", Long.MAX_VALUE)).isEqualTo(new DocumentFiles.NoRoom());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsGoneIsAFailureAndNotAFullDisk() throws IOException {
        DocumentFiles files = new DocumentFiles(directory.resolve("data"));
        Files.delete(directory.resolve("data"));
        assertThat(files.write(1, "t", "text", 0)).isInstanceOf(DocumentFiles.Failed.class);
    }

    @Test
    void removesWhatAKilledProcessDidNotFinish() throws IOException {
        Files.writeString(directory.resolve("3.part"), "hal");
        assertThat(new DocumentFiles(directory).load(10)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
