package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every window of a run in short, chunk by chunk.
final class RowChunks {
    private final String run;
    private final Shelf shelf;
    private final List<Rows> chunks = new ArrayList<>();

    RowChunks(String run, Shelf shelf) {
        this.run = run;
        this.shelf = shelf;
    }

    void add(Row row) {
        if (chunks.isEmpty() || chunks.getLast().rows().size() == Rows.CHUNK) {
            chunks.add(new Rows(run, chunks.size()));
        }
        chunks.getLast().rows().add(row);
        shelf.changed(chunks.getLast());
    }

    /// Returns the windows in order of time.
    List<Row> all() {
        return chunks.stream().flatMap(chunk -> chunk.rows().stream()).toList();
    }

    /// Returns the latest window.
    Optional<Row> last() {
        return chunks.isEmpty()
                ? Optional.empty()
                : Optional.of(chunks.getLast().rows().getLast());
    }

    void drop() {
        chunks.forEach(shelf::dropped);
        chunks.clear();
    }

    /// Reads one chunk; they come in any order.
    void read(int chunk, ByteReader in) {
        while (chunks.size() <= chunk) {
            chunks.add(new Rows(run, chunks.size()));
        }
        chunks.get(chunk).read(in);
    }
}
