package io.ordeal.chaos.resource;

import io.ordeal.chaos.posix.Descriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file that nobody can find and that is gone with its process, however the process ends.
///
/// Where the file system makes no file without a name, it has one for the moment between its creation and its deletion.
final class UnnamedFile implements AutoCloseable {
    private static final int BLOCK = 1 << 20;
    private static final int NOT_SUPPORTED = 95;
    private static final int NO_SPACE = 28;
    private static final int OVER_QUOTA = 122;
    private static final int NO_MEMORY = 12;

    private final FileChannel channel;
    private final int descriptor;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
    private long size;

    private UnnamedFile(FileChannel channel, int descriptor) {
        this.channel = channel;
        this.descriptor = descriptor;
    }

    /// Makes one in `folder`, on its file system.
    static UnnamedFile in(Path folder) throws IOException {
        int descriptor = Descriptors.openUnnamed(folder);
        if (descriptor >= 0) {
            return behind(descriptor);
        }
        var named = folder.resolve(".ordeal-" + UUID.randomUUID());
        return new UnnamedFile(
                FileChannel.open(
                        named,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                -1);
    }

    /// Makes one that is kept in memory, charged to who makes it grow but no part of any process.
    static UnnamedFile inMemory() throws IOException {
        int descriptor = Descriptors.memoryFile("ordeal");
        if (descriptor < 0) {
            throw new IOException("memfd_create: errno " + -descriptor);
        }
        return behind(descriptor);
    }

    private static UnnamedFile behind(int descriptor) throws IOException {
        var path = Path.of("/proc/self/fd/" + descriptor);
        try {
            return new UnnamedFile(FileChannel.open(path, StandardOpenOption.WRITE), descriptor);
        } catch (IOException e) {
            Descriptors.close(descriptor);
            throw e;
        }
    }

    FileChannel channel() {
        return channel;
    }

    long size() {
        return size;
    }

    /// Makes it longer by `bytes` that are really there; returns false when the file system has not so many left.
    boolean grow(long bytes) throws IOException {
        int errno = descriptor < 0 ? NOT_SUPPORTED : Descriptors.allocate(descriptor, size, bytes);
        boolean grown = switch (errno) {
            case 0 -> true;
            case NO_SPACE, OVER_QUOTA, NO_MEMORY -> false;
            case NOT_SUPPORTED -> written(bytes);
            default -> throw new IOException("fallocate: errno " + errno);
        };
        if (grown) {
            size += bytes;
        } else {
            channel.truncate(size);
        }
        return grown;
    }

    /// Makes it shorter by up to `bytes`.
    void shrink(long bytes) throws IOException {
        size = Math.max(0, size - bytes);
        channel.truncate(size);
    }

    private boolean written(long bytes) throws IOException {
        long end = size + bytes;
        try {
            for (long at = size; at < end; ) {
                at += channel.write(zeros.duplicate().limit((int) Math.min(BLOCK, end - at)), at);
            }
            channel.force(false);
            return true;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (descriptor >= 0) {
            Descriptors.close(descriptor);
        }
    }
}
