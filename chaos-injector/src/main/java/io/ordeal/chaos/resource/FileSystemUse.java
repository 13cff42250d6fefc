package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A directory and how full its file system is.
///
/// @param folder without symbolic links
/// @param reserve bytes that stay free whatever is asked for
record FileSystemUse(Path folder, FileStore store, long reserve) {
    /// Returns the file system of the directory `path`.
    ///
    /// @throws InjectionFailed when it is none
    static FileSystemUse of(Path path, long reserve) throws InjectionFailed {
        try {
            var folder = path.toRealPath();
            if (!Files.isDirectory(folder)) {
                throw new InjectionFailed(path + " is no directory");
            }
            return new FileSystemUse(folder, Files.getFileStore(folder), reserve);
        } catch (IOException e) {
            throw new InjectionFailed(path + " cannot be used", e);
        }
    }

    long total() throws InjectionFailed {
        return ask(FileStore::getTotalSpace);
    }

    /// Returns the bytes that nobody uses, those that only root may use among them.
    long free() throws InjectionFailed {
        return ask(FileStore::getUnallocatedSpace);
    }

    /// Whether what is written there is kept in memory.
    boolean inMemory() {
        return store.type().equals("tmpfs") || store.type().equals("ramfs");
    }

    /// Whether `other`, or the nearest directory above it that exists, is on the same file system.
    boolean holds(Path other) {
        var existing = Optional.of(other.toAbsolutePath());
        while (existing.filter(Files::exists).isEmpty() && existing.isPresent()) {
            existing = existing.map(Path::getParent);
        }
        try {
            return Files.getAttribute(folder, "unix:dev")
                    .equals(Files.getAttribute(existing.orElse(Path.of("/")), "unix:dev"));
        } catch (IOException _) {
            return true; // what cannot be told apart is spared
        }
    }

    String shown() throws InjectionFailed {
        long total = total();
        return Shown.percent((double) (total - free()) / total) + " of " + Shown.bytes(total) + " (" + store.type()
                + ")";
    }

    private interface Question {
        long of(FileStore store) throws IOException;
    }

    private long ask(Question question) throws InjectionFailed {
        try {
            return question.of(store);
        } catch (IOException e) {
            throw new InjectionFailed("the file system of " + folder + " does not tell its space", e);
        }
    }
}
