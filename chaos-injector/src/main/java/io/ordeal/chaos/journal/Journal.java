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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The undo journal of one injector, on disk. What opens an entry is forced to the disk before the method returns.
///
/// A folder belongs to one injector at a time; a lock says so. Thread-safe.
public final class Journal implements UndoLog, AutoCloseable {
    private static final String NAME = "undo.journal";

    /// How many lines are added before what counts is written anew.
    private static final int LONG = 30_000;
    /// How many commands are kept then: as many as the docket remembers.
    private static final int REMEMBERED = 10_000;

    private final Path folder;
    private final FileChannel lock;
    private final JournalContents found;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<JournalRecord> owed = new ArrayList<>();
    private FileChannel file;
    private boolean torn;
    private int added;

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
            var valid = found.decided().stream()
                    .filter(command -> command.until().isAfter(now))
                    .toList();
            replace(folder, found.entries(), newest(valid));
            return new Journal(folder, lock, appending(folder), found);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Reads the journal in `folder` without opening it.
    static JournalContents read(Path folder) throws IOException {
        return read(folder, _ -> true);
    }

    /// Reads its entries only, in little memory: the commands, of which there may be many, are passed over.
    static JournalContents readEntries(Path folder) throws IOException {
        return read(folder, line -> !JournalLine.isDecided(line));
    }

    private static JournalContents read(Path folder, Predicate<String> wanted) throws IOException {
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
    ///
    /// @throws IOException when it is not: then nothing must be done
    public void open(Opened entry) throws IOException {
        writing.lock();
        try {
            add(entry);
            file.force(false);
        } finally {
            writing.unlock();
        }
    }

    /// Notes that the effect of `entry` was seen.
    public void applied(String entry) throws IOException {
        note(new Applied(entry));
    }

    @Override
    public void open(String entry, Undo undo) throws IOException {
        open(new Opened(entry, Optional.empty(), Optional.empty(), undo));
    }

    /// Notes that nothing is left of `entry`. Where the disk is full, that is written before anything is opened
    /// again: the undo of an entry that is over must not meet a later fault.
    @Override
    public void strike(String entry) throws IOException {
        note(new Struck(entry));
    }

    /// Notes that a command was decided on.
    public void decided(Decided command) throws IOException {
        note(command);
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try (var _ = lock;
                var written = file) {
            written.force(false);
        } finally {
            writing.unlock();
        }
    }

    private void note(JournalRecord record) throws IOException {
        writing.lock();
        try {
            add(record);
            if (added >= LONG) {
                shorten();
            }
        } catch (IOException e) {
            if (record instanceof Struck) {
                owed.add(record);
            }
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /// Adds what is owed, then `record`. A line that a full disk has cut in two is closed first.
    private void add(JournalRecord record) throws IOException {
        while (!owed.isEmpty()) {
            append(JournalLine.write(owed.getFirst()));
            owed.removeFirst();
        }
        append(JournalLine.write(record));
    }

    private void append(String line) throws IOException {
        var text = torn ? "\n" + line : line;
        torn = true;
        write(file, text);
        torn = false;
        added++;
    }

    /// Writes anew what counts. The guard, which opens the file for each look, finds the new one.
    private void shorten() throws IOException {
        added = 0;
        var now = read(folder);
        replace(folder, now.entries(), newest(now.decided()));
        try (var old = file) {
            file = appending(folder);
            old.force(false);
        }
    }

    private static List<Decided> newest(List<Decided> decided) {
        return decided.subList(Math.max(0, decided.size() - REMEMBERED), decided.size());
    }

    private static void replace(Path folder, List<JournalContents.Entry> entries, List<Decided> decided)
            throws IOException {
        var fresh = folder.resolve(NAME + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var text = new StringBuilder();
            entries.forEach(entry -> copy(entry, text));
            decided.forEach(command -> text.append(JournalLine.write(command)));
            write(channel, text.toString());
            channel.force(true);
        }
        Files.move(fresh, path(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
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
