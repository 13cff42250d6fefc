package io.ordeal.chaos.resource;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that leaves a file system no more than so much space, however others write and delete: folder, bytes that
/// stay free, milliseconds. What it takes is in a file without a name.
public final class DiskFiller {
    private static final long STEP = 256L << 20;
    private static final long LEAST = 4096;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FileStore store;
    private final UnnamedFile file;
    private final long keep;

    private DiskFiller(FileStore store, UnnamedFile file, long keep) {
        this.store = store;
        this.file = file;
        this.keep = keep;
    }

    /// Fills until the time is over; started under `GuardedMain`, also until the injector ends.
    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
        try (var file = UnnamedFile.in(folder)) {
            var filler = new DiskFiller(Files.getFileStore(folder), file, Long.parseLong(args[1]));
            while (System.nanoTime() - end < 0) {
                if (filler.settled()) {
                    System.out.println("held " + file.size());
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        }
    }

    /// Goes one step towards the level; returns whether it is there, or as near as the file system lets it.
    private boolean settled() throws IOException {
        long missing = store.getUnallocatedSpace() - keep;
        if (missing < 0) {
            file.shrink(-missing);
            return true;
        }
        for (long step = Math.min(missing, STEP) / LEAST * LEAST; step >= LEAST; step = step / 2 / LEAST * LEAST) {
            if (file.grow(step)) {
                return false;
            }
        }
        return true;
    }
}
