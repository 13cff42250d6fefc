package io.ordeal.sample.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The data directory: one file per document. A file appears whole or not at all, because it is written under another
/// name and then renamed: neither a full disk nor a killed process leaves half of one. Blocks: not for an event loop.
public final class DocumentFiles {

    private static final String SUFFIX = ".txt";

    /// What became of a wish to write.
    public sealed interface Written {}

    /// The document is on the disk.
    public record Kept() implements Written {}

    /// The disk has no room for it; nothing was left behind.
    public record NoRoom() implements Written {}

    /// It could not be written for another reason; nothing was left behind.
    public record Failed(String reason) implements Written {}

    /// A document that an earlier process wrote: the first line of its file is its title.
    public record Found(long id, String title, String text) {}

    private final Path directory;

    /// Takes the directory, which is made if it is not there, and removes what an earlier process did not finish.
    ///
    /// @throws IOException if it cannot be made or is not writable
    public DocumentFiles(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        Files.deleteIfExists(Files.createTempFile(directory, "probe", ".part"));
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "*.part")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Writes a document, unless less than `minFreeBytes` would stay free.
    public Written write(long id, String title, String text, long minFreeBytes) {
        byte[] bytes = (title.replace('\n', ' ') + "\n" + text).getBytes(StandardCharsets.UTF_8);
        Path part = directory.resolve(id + ".part");
        try {
            if (minFreeBytes > 0 && Files.getFileStore(directory).getUsableSpace() - bytes.length < minFreeBytes) {
                return new NoRoom();
            }
            Files.write(part, bytes);
            Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
            return new Kept();
        } catch (IOException failure) {
            discard(part);
            return isFull(failure) ? new NoRoom() : new Failed(String.valueOf(failure.getMessage()));
        }
    }

    /// Removes a document; one that is not there is no matter.
    public void remove(long id) {
        discard(file(id));
    }

    /// The newest documents that earlier processes wrote, oldest first.
    ///
    /// @throws IOException if the directory cannot be read
    public List<Found> load(int limit) throws IOException {
        List<Long> ids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String stem = name.substring(0, name.length() - SUFFIX.length());
                if (stem.matches("\\d{1,18}")) {
                    ids.add(Long.parseLong(stem));
                }
            }
        }
        ids.sort(Comparator.naturalOrder());
        List<Found> found = new ArrayList<>();
        for (long id : ids.subList(Math.max(0, ids.size() - limit), ids.size())) {
            String whole = Files.readString(file(id));
            int line = whole.indexOf('\n');
            found.add(new Found(id, whole.substring(0, Math.max(0, line)), whole.substring(line + 1)));
        }
        return found;
    }

    private Path file(long id) {
        return directory.resolve(id + SUFFIX);
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The next start removes it; on a disk in trouble there is nothing better to do.
        }
    }

    /// The JDK has no type for a full disk, only the operating system's words.
    private static boolean isFull(IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return reason.contains("No space left") || reason.contains("quota exceeded");
    }
}
