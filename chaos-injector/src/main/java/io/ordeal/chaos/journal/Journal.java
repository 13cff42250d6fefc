package io.ordeal.chaos.journal;

import io.ordeal.chaos.journal.JournalRecord.Applied;
import io.ordeal.chaos.journal.JournalRecord.Decided;
import io.ordeal.chaos.journal.JournalRecord.Opened;
import io.ordeal.chaos.journal.JournalRecord.Struck;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.chaos.undo.UndoLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// The undo journal of one injector, on disk. What opens an entry is forced to the disk before the method returns.
///
/// A folder belongs to one injector at a time; a lock says so. Thread-safe.
public final class Journal implements UndoLog, AutoCloseable {
    /// How many decided commands are kept on disk, the newest.
    static final int DECIDED = 10_000;

    /// From this size on it is written anew, without what no longer counts.
    static final long LARGE = 8 << 20;

    private static final String NAME = "undo.journal";

    private final Path folder;
    private final FileChannel lock;
    private FileChannel file;
    private long largest = LARGE;
    private final JournalContents found;

    private Journal(Path folder, FileChannel lock, FileChannel file, JournalContents found) {
        this.folder = folder;
        this.lock = lock;
        this.file = file;
        this.found = found;
    }

    /// Opens the journal in `folder`, which is made if need be, and writes anew what still counts at `now`.
    ///
    /// @throws IOException when it cannot be read or written, or another injector has it
    public static Journal open(Path folder, Instant now) throws IOException {
        Files.createDirectories(folder);
        var lock = lock(folder);
        try {
            var found = read(folder);
            rewrite(folder, found, now);
            return new Journal(folder, lock, appending(folder), found);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Writes what counts of `contents` at `now` to a new file, which then takes the place of the old one.
    private static void rewrite(Path folder, JournalContents contents, Instant now) throws IOException {
        var fresh = folder.resolve(NAME + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var text = new StringBuilder();
            contents.entries().forEach(entry -> copy(entry, text));
            var decided = contents.decided();
            decided.subList(Math.max(0, decided.size() - DECIDED), decided.size()).stream()
                    .filter(command -> command.until().isAfter(now))
                    .forEach(command -> text.append(JournalLine.write(command)));
            write(channel, text.toString());
            channel.force(true);
        }
        Files.move(fresh, path(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
    }

    /// Reads the journal in `folder` without opening it.
    static JournalContents read(Path folder) throws IOException {
        return contents(folder, _ -> true);
    }

    /// As [#read], without the commands: however many there are, the guard's small memory is enough.
    static JournalContents readEntries(Path folder) throws IOException {
        return contents(folder, line -> !JournalLine.isDecided(line));
    }

    private static JournalContents contents(Path folder, Predicate<String> wanted) throws IOException {
        var path = path(folder);
        if (!Files.exists(path)) {
            return JournalContents.empty();
        }
        try (var lines = Files.lines(path, StandardCharsets.ISO_8859_1)) { // it is ASCII, unless it is damaged
            return JournalContents.of(lines.filter(wanted).iterator());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Adds `record` to the journal in `folder` without opening it.
    static void append(Path folder, JournalRecord record) throws IOException {
        try (var channel = appending(folder)) {
            write(channel, JournalLine.write(record));
        }
    }

    /// Returns what was there when it was opened.
    public JournalContents found() {
        return found;
    }

    /// Writes that something is about to be done; it is on the disk when this returns.
    public synchronized void open(Opened entry) throws IOException {
        write(file, JournalLine.write(entry));
        file.force(false);
    }

    /// Notes that the effect of `entry` was seen.
    public synchronized void applied(String entry) throws IOException {
        write(file, JournalLine.write(new Applied(entry)));
    }

    @Override
    public synchronized void open(String entry, Undo undo) throws IOException {
        open(new Opened(entry, Optional.empty(), Optional.empty(), undo));
    }

    @Override
    public synchronized void strike(String entry) throws IOException {
        write(file, JournalLine.write(new Struck(entry)));
    }

    /// Notes that a command was decided on.
    public synchronized void decided(Decided command) throws IOException {
        write(file, JournalLine.write(command));
        if (file.size() > largest) {
            file.force(false);
            rewrite(folder, read(folder), Instant.EPOCH);
            file.close();
            file = appending(folder);
            largest = Math.max(LARGE, 2 * file.size());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (lock;
                var last = file) {
            last.force(false);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(folder.resolve("injector.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // held within this process
        }
        channel.close();
        throw new IOException(folder + " belongs to another injector that runs; give each a state folder of its own");
    }

    private static void copy(JournalContents.Entry entry, StringBuilder text) {
        text.append(JournalLine.write(entry.opened()));
        if (entry.applied()) {
            text.append(JournalLine.write(new Applied(entry.opened().entry())));
        }
        if (entry.guarded()) {
            text.append(
                    JournalLine.write(new JournalRecord.Guarded(entry.opened().entry())));
        }
    }

    private static FileChannel appending(Path folder) throws IOException {
        return FileChannel.open(path(folder), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// One write call per record: the guard appends to the same file.
    private static void write(FileChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path path(Path folder) {
        return folder.resolve(NAME);
    }
}
