package io.ordeal.chaos.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A program that writes and forces what it writes, again and again over the same bytes of files without a name:
/// folder,
/// writers, bytes of each file, milliseconds.
public final class DiskWriter {
    private static final int BLOCK = 256 << 10;
    private static final int BLOCKS_PER_FORCE = 4;

    private DiskWriter() {}

    /// Writes until the time is over; started under `GuardedMain`, also until the injector ends.
    public static void main(String[] args) throws InterruptedException {
        var folder = Path.of(args[0]);
        var threads = new Thread[Integer.parseInt(args[1])];
        long size = Long.parseLong(args[2]);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
        var block = ByteBuffer.allocateDirect(BLOCK);
        for (int writer = 0; writer < threads.length; writer++) {
            threads[writer] = Thread.ofPlatform().name("writer-" + writer).start(() -> write(folder, block, size, end));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    /// A disk that is full stops a writer only for the moment.
    private static void write(Path folder, ByteBuffer block, long size, long end) {
        while (System.nanoTime() - end < 0) {
            try (var file = UnnamedFile.in(folder)) {
                for (long n = 0; System.nanoTime() - end < 0; n++) {
                    file.channel().write(block.duplicate(), n * BLOCK % size);
                    if (n % BLOCKS_PER_FORCE == 0) {
                        file.channel().force(false);
                    }
                }
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
