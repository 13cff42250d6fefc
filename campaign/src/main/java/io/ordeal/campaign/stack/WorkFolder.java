package io.ordeal.campaign.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder for the data of one embedded stack: removed at its end, or by the next stack when it could not be.
///
/// A lock on a file inside shows that its owner lives; the system drops it when the owner dies, however it dies.
final class WorkFolder implements AutoCloseable {
    private static final String PREFIX = "ordeal-stack-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel channel;

    private WorkFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes a new folder, and removes those whose owners are dead.
    static WorkFolder create() {
        try {
            var parent = Path.of(System.getProperty("java.io.tmpdir"));
            removeOrphans(parent);
            var path = Files.createTempDirectory(parent, PREFIX);
            var channel = open(path);
            if (channel.tryLock() == null) {
                throw new IllegalStateException("somebody else has locked the new folder " + path);
            }
            return new WorkFolder(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the embedded stack", e);
        }
    }

    /// Returns the folder.
    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (channel) {
            remove(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    private static void removeOrphans(Path parent) throws IOException {
        try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var folder : folders) {
                if (orphaned(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean orphaned(Path folder) {
        if (!Files.exists(folder.resolve(LOCK))) {
            return false; // just being made, or not ours
        }
        try (var channel = open(folder);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException _) {
            return false; // ours, in this very process, or not to be touched
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // gone meanwhile
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
