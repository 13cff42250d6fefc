package io.ordeal.chaos.journal;

import io.ordeal.chaos.journal.JournalRecord.Applied;
import io.ordeal.chaos.journal.JournalRecord.Decided;
import io.ordeal.chaos.journal.JournalRecord.Guarded;
import io.ordeal.chaos.journal.JournalRecord.Opened;
import io.ordeal.chaos.journal.JournalRecord.Struck;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/// What the lines of a journal amount to.
///
/// @param entries what has been opened and not struck, in that order
/// @param decided the commands that were decided on
/// @param damaged how many lines could not be read; the last one may be half-written after a crash
public record JournalContents(List<Entry> entries, List<Decided> decided, int damaged) {
    public JournalContents {
        entries = List.copyOf(entries);
        decided = List.copyOf(decided);
    }

    /// An entry that has not been struck.
    ///
    /// @param applied whether the effect was seen
    /// @param guarded whether the guard has undone it
    public record Entry(Opened opened, boolean applied, boolean guarded) {}

    /// Reads the text of a journal. What is damaged is counted and left out.
    public static JournalContents of(String text) {
        return of(List.of(text.split("\n", -1)).iterator());
    }

    /// Reads the lines of a journal.
    static JournalContents of(Iterator<String> lines) {
        var entries = new LinkedHashMap<String, Entry>();
        var decided = new ArrayList<Decided>();
        int damaged = 0;
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.isEmpty()) {
                continue;
            }
            var record = JournalLine.read(line);
            if (record.isEmpty()) {
                damaged++;
                continue;
            }
            switch (record.get()) {
                case Opened opened -> entries.put(opened.entry(), new Entry(opened, false, false));
                case Applied(var id) ->
                    entries.computeIfPresent(id, (_, entry) -> new Entry(entry.opened(), true, entry.guarded()));
                case Guarded(var id) ->
                    entries.computeIfPresent(id, (_, entry) -> new Entry(entry.opened(), entry.applied(), true));
                case Struck(var id) -> entries.remove(id);
                case Decided command -> decided.add(command);
            }
        }
        return new JournalContents(List.copyOf(entries.values()), decided, damaged);
    }

    static JournalContents empty() {
        return new JournalContents(List.of(), List.of(), 0);
    }
}
