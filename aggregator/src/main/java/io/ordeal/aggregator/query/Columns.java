package io.ordeal.aggregator.query;

import java.util.Arrays;

/// Numbers over time in columns of primitive values, NaN where there is none. Of bounded size: when it is full, either
/// the step doubles and neighbours become one row, or the oldest rows go. Not thread-safe.
public final class Columns {
    /// How values of one step become one.
    enum Fold {
        /// They are added.
        SUM,
        /// The greatest stays.
        MAX,
        /// The newest stays.
        LAST
    }

    /// What happens when it is full.
    enum Full {
        /// The step doubles.
        WIDEN,
        /// The oldest quarter goes.
        FORGET
    }

    private static final int FIRST_ROOM = 64;

    private final Full full;
    private final Fold[] folds;
    private final float[][] values;
    private int most;
    private long step;
    private long[] times = new long[FIRST_ROOM];
    private int rows;

    /// @param step microseconds of one row
    /// @param most rows
    Columns(long step, int most, Full full, Fold... folds) {
        this.step = step;
        this.most = most;
        this.full = full;
        this.folds = folds.clone();
        this.values = new float[folds.length][FIRST_ROOM];
    }

    /// Adds `row` to the step that `time`, in microseconds since the epoch, belongs to.
    void put(long time, float... row) {
        long start = Math.floorDiv(time, step) * step;
        int at = from(start);
        if (at == rows || times[at] != start) {
            insert(at, start);
        }
        for (int i = 0; i < folds.length; i++) {
            values[i][at] = folded(folds[i], values[i][at], row[i]);
        }
        if (rows > most) {
            shrink();
        }
    }

    /// Keeps at most so many rows from now on, in wider steps where there are more.
    void keep(int rowsAtMost) {
        most = rowsAtMost;
        while (rows > most) {
            widen();
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOf(values[i], Math.max(rows, FIRST_ROOM));
        }
        times = Arrays.copyOf(times, Math.max(rows, FIRST_ROOM));
    }

    /// Returns how many rows there are.
    public int rows() {
        return rows;
    }

    /// Returns how many columns there are.
    public int width() {
        return values.length;
    }

    /// Returns the microseconds of one row.
    public long step() {
        return step;
    }

    /// Returns where the step of `row` starts, in microseconds since the epoch.
    public long time(int row) {
        return times[row];
    }

    /// Returns a value, NaN where there is none.
    public float value(int column, int row) {
        return values[column][row];
    }

    /// Returns the first row that starts at `time` or later; the number of rows when none does.
    public int from(long time) {
        if (rows == 0 || times[rows - 1] < time) {
            return rows;
        }
        int found = Arrays.binarySearch(times, 0, rows, time);
        return found >= 0 ? found : -found - 1;
    }

    private void insert(int at, long start) {
        if (rows == times.length) {
            int room = Math.min(2 * rows, Math.max(rows + 1, most + 1));
            times = Arrays.copyOf(times, room);
            for (int i = 0; i < values.length; i++) {
                values[i] = Arrays.copyOf(values[i], room);
            }
        }
        System.arraycopy(times, at, times, at + 1, rows - at);
        times[at] = start;
        for (var column : values) {
            System.arraycopy(column, at, column, at + 1, rows - at);
            column[at] = Float.NaN;
        }
        rows++;
    }

    private static float folded(Fold fold, float before, float now) {
        if (Float.isNaN(before) || Float.isNaN(now)) {
            return Float.isNaN(now) ? before : now;
        }
        return switch (fold) {
            case SUM -> before + now;
            case MAX -> Math.max(before, now);
            case LAST -> now;
        };
    }

    private void shrink() {
        switch (full) {
            case WIDEN -> widen();
            case FORGET -> drop(Math.max(1, most / 4));
        }
    }

    private void widen() {
        step *= 2;
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            long start = Math.floorDiv(times[row], step) * step;
            if (kept > 0 && times[kept - 1] == start) {
                for (int i = 0; i < folds.length; i++) {
                    values[i][kept - 1] = folded(folds[i], values[i][kept - 1], values[i][row]);
                }
            } else {
                times[kept] = start;
                for (var column : values) {
                    column[kept] = column[row];
                }
                kept++;
            }
        }
        rows = kept;
    }

    private void drop(int oldest) {
        rows -= oldest;
        System.arraycopy(times, oldest, times, 0, rows);
        for (var column : values) {
            System.arraycopy(column, oldest, column, 0, rows);
        }
    }
}
