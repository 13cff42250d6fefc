package io.ordeal.sample.counts;

import io.ordeal.sample.behaviour.Operation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How many requests of each operation were received, how each was answered, and how many were abandoned by their
/// client, exactly.
///
/// The numbers lie in memory that may be a mapped file: then they outlive `kill -9`, because the pages belong to the
/// kernel, and the next process counts on. One thread writes; any thread may read, and sees every number whole.
///
/// The layout is a row of 600 longs per operation: 0 is received, 1 is abandoned, 100 to 599 are answers by status.
/// The
/// header says so, and a file with another header is refused.
public final class RequestCounts {

    private static final int ROW = 600;
    private static final int RECEIVED = 0;
    private static final int ABANDONED = 1;
    private static final long MAGIC = 0x53414d504c453031L; // "SAMPLE01"
    private static final int HEADER_LONGS = 2;
    private static final int OPERATIONS = Operation.values().length;
    private static final long BYTES = 8L * (HEADER_LONGS + (long) ROW * OPERATIONS);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;

    private RequestCounts(MemorySegment memory) {
        this.memory = memory;
    }

    /// Counts that end with the process.
    public static RequestCounts inMemory() {
        return new RequestCounts(Arena.ofAuto().allocate(BYTES, 8));
    }

    /// Counts that lie in `file`, which is made if it is not there and belongs to this process until it ends.
    ///
    /// @throws IOException if the file cannot be used, is in use by another process, or holds something else
    public static RequestCounts inFile(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException("another service counts in it");
        }
        if (channel.size() == 0) {
            create(channel);
        }
        if (channel.size() != BYTES) {
            channel.close();
            throw new IOException("it is no counts file of this version");
        }
        // The lock lasts as long as the channel is open; the channel stays open as long as the process lives.
        MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.global());
        if (read(memory, 0) != MAGIC || read(memory, 1) != OPERATIONS) {
            channel.close();
            throw new IOException("it is no counts file of this version");
        }
        return new RequestCounts(memory);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /// Writes every byte: a sparse file on a disk that fills up later would kill the process at its next count.
    private static void create(FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) BYTES).order(ByteOrder.nativeOrder());
        zeros.putLong(0, MAGIC).putLong(8, OPERATIONS);
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
    }

    /// Counts a request that has come.
    public void received(Operation operation) {
        add(operation, RECEIVED);
    }

    /// Counts an answer with `status`, 100 to 599, that is about to be sent.
    public void answered(Operation operation, int status) {
        add(operation, status);
    }

    /// Counts a request whose client was gone before its answer.
    public void abandoned(Operation operation) {
        add(operation, ABANDONED);
    }

    /// How many requests have come.
    public long countReceived(Operation operation) {
        return read(memory, index(operation, RECEIVED));
    }

    /// How many requests were abandoned.
    public long countAbandoned(Operation operation) {
        return read(memory, index(operation, ABANDONED));
    }

    /// How many requests were answered with `status`.
    public long countAnswered(Operation operation, int status) {
        return read(memory, index(operation, status));
    }

    /// Something that looks at one status and its count.
    public interface StatusReader {
        void read(int status, long count);
    }

    /// Shows each status that was answered at least once, in ascending order.
    public void forEachStatus(Operation operation, StatusReader reader) {
        for (int status = 100; status < ROW; status++) {
            long count = countAnswered(operation, status);
            if (count > 0) {
                reader.read(status, count);
            }
        }
    }

    /// How many requests were answered, with whatever status.
    public long countAnswered(Operation operation) {
        long sum = 0;
        for (int status = 100; status < ROW; status++) {
            sum += countAnswered(operation, status);
        }
        return sum;
    }

    private void add(Operation operation, int column) {
        long offset = 8 * index(operation, column);
        LONG.setOpaque(memory, offset, (long) LONG.getOpaque(memory, offset) + 1);
    }

    private static long index(Operation operation, int column) {
        return HEADER_LONGS + (long) ROW * operation.ordinal() + column;
    }

    private static long read(MemorySegment memory, long index) {
        return (long) LONG.getOpaque(memory, 8 * index);
    }
}
