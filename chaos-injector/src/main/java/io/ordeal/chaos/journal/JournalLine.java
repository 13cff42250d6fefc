package io.ordeal.chaos.journal;

import io.ordeal.chaos.journal.JournalRecord.Applied;
import io.ordeal.chaos.journal.JournalRecord.Decided;
import io.ordeal.chaos.journal.JournalRecord.FaultRef;
import io.ordeal.chaos.journal.JournalRecord.Guarded;
import io.ordeal.chaos.journal.JournalRecord.Opened;
import io.ordeal.chaos.journal.JournalRecord.Struck;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// A [JournalRecord] as a line of text: its CRC-32, its kind and its fields, percent-encoded, between blanks.
///
/// The guard reads it with nothing but the JDK, so that its JVM starts in a moment and stays small.
final class JournalLine {
    private static final String NONE = "-";
    private static final String FAULT = "fault";

    private JournalLine() {}

    /// Returns `record` as a line, with its end.
    static String write(JournalRecord record) {
        var fields = new ArrayList<String>();
        switch (record) {
            case Opened(var entry, var fault, var deadline, var undo) -> {
                fields.addAll(List.of("opened", entry));
                fields.add(deadline.map(d -> String.valueOf(d.toEpochMilli())).orElse(NONE));
                fault.ifPresentOrElse(
                        f -> fields.addAll(List.of(FAULT, f.run(), f.id(), f.kind(), f.target())),
                        () -> fields.add(NONE));
                fields.addAll(undo.words());
            }
            case Applied(var entry) -> fields.addAll(List.of("applied", entry));
            case Guarded(var entry) -> fields.addAll(List.of("guarded", entry));
            case Struck(var entry) -> fields.addAll(List.of("struck", entry));
            case Decided(var command, var digest, var run, var fault, var until) ->
                fields.addAll(List.of("decided", command, digest, run, fault, String.valueOf(until.toEpochMilli())));
        }
        var body = String.join(" ", fields.stream().map(JournalLine::encode).toList());
        return crc(body) + " " + body + "\n";
    }

    /// Whether a line tells of a command, by its look: 8 digits, a blank, the kind.
    static boolean isDecided(String line) {
        return line.startsWith("decided ", 9);
    }

    /// Reads a line without its end, or returns empty where it is damaged.
    static Optional<JournalRecord> read(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0 || !crc(line.substring(blank + 1)).equals(line.substring(0, blank))) {
            return Optional.empty();
        }
        try {
            var fields = new ArrayList<String>();
            for (var field : line.substring(blank + 1).split(" ", -1)) {
                fields.add(URLDecoder.decode(field, StandardCharsets.UTF_8));
            }
            return Optional.of(record(fields));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException _) {
            return Optional.empty(); // written by another version, or by nobody
        }
    }

    private static JournalRecord record(List<String> fields) {
        return switch (fields.getFirst()) {
            case "opened" -> opened(fields);
            case "applied" -> new Applied(fields.get(1));
            case "guarded" -> new Guarded(fields.get(1));
            case "struck" -> new Struck(fields.get(1));
            case "decided" ->
                new Decided(
                        fields.get(1),
                        fields.get(2),
                        fields.get(3),
                        fields.get(4),
                        Instant.ofEpochMilli(Long.parseLong(fields.get(5))));
            default -> throw new IllegalArgumentException("unknown record " + fields.getFirst());
        };
    }

    private static Opened opened(List<String> fields) {
        boolean hasFault = fields.get(3).equals(FAULT);
        var fault = hasFault
                ? Optional.of(new FaultRef(fields.get(4), fields.get(5), fields.get(6), fields.get(7)))
                : Optional.<FaultRef>empty();
        var undo = UndoWords.read(fields.subList(hasFault ? 8 : 4, fields.size()));
        return new Opened(fields.get(1), fault, deadline(fields.get(2)), undo);
    }

    private static Optional<Instant> deadline(String field) {
        return field.equals(NONE) ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(field)));
    }

    private static String encode(String field) {
        return URLEncoder.encode(field, StandardCharsets.UTF_8);
    }

    private static String crc(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
