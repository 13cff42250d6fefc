package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Row;
import java.util.ArrayList;
import java.util.List;

/// Some windows of a run in short. They are kept in chunks, so that one more does not write all again.
final class Rows extends Part {
    static final int CHUNK = 64;

    private final List<Row> rows = new ArrayList<>();

    Rows(String run, int chunk) {
        super(Keys.of(run, Run.ROWS, chunk));
    }

    List<Row> rows() {
        return rows;
    }

    @Override
    public void write(ByteWriter out) {
        out.number(rows.size());
        rows.forEach(row -> row.write(out));
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            rows.add(Row.read(in));
        }
    }
}
