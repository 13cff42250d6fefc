package io.ordeal.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.query.Columns.Fold;
import io.ordeal.aggregator.query.Columns.Full;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final long SECOND = 1_000_000;

    @Test
    void foldsWhatFallsIntoOneStep() {
        var columns = new Columns(SECOND, 10, Full.WIDEN, Fold.SUM, Fold.MAX, Fold.LAST);

        columns.put(5 * SECOND, 1, 1, 1);
        columns.put(5 * SECOND + 999_999, 2, 3, Float.NaN);

        assertThat(columns.rows()).isEqualTo(1);
        assertThat(columns.time(0)).isEqualTo(5 * SECOND);
        assertThat(row(columns, 0)).containsExactly(3, 3, 1);
    }

    @Test
    void putsWhatComesLateWhereItBelongs() {
        var columns = new Columns(SECOND, 200, Full.WIDEN, Fold.LAST);
        for (int i = 199; i >= 0; i--) {
            columns.put(i * SECOND, i);
        }

        assertThat(columns.rows()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(columns.time(i)).isEqualTo(i * SECOND);
            assertThat(columns.value(0, i)).isEqualTo(i);
        }
    }

    @Test
    void losesNoRequestAndNoPeakWhenStepsBecomeWider() {
        var columns = new Columns(SECOND, 100, Full.WIDEN, Fold.SUM, Fold.MAX);
        for (int i = 0; i < 1_000; i++) {
            columns.put(i * SECOND, 2, i == 777 ? 9_999 : 1);
        }

        assertThat(columns.rows()).isBetween(50, 100);
        double sum = 0;
        float greatest = 0;
        for (int i = 0; i < columns.rows(); i++) {
            assertThat(columns.time(i) % columns.step()).isZero();
            sum += columns.value(0, i);
            greatest = Math.max(greatest, columns.value(1, i));
        }
        assertThat(sum).isEqualTo(2_000);
        assertThat(greatest).isEqualTo(9_999);
    }

    @Test
    void forgetsTheOldestWhereItIsTold() {
        var columns = new Columns(SECOND, 100, Full.FORGET, Fold.LAST);
        for (int i = 0; i < 1_000; i++) {
            columns.put(i * SECOND, i);
        }

        assertThat(columns.rows()).isBetween(75, 100);
        assertThat(columns.step()).isEqualTo(SECOND);
        assertThat(columns.value(0, columns.rows() - 1)).isEqualTo(999);
    }

    @Test
    void findsTheFirstRowOfATime() {
        var columns = new Columns(SECOND, 100, Full.WIDEN, Fold.LAST);
        columns.put(2 * SECOND, 1);
        columns.put(4 * SECOND, 1);

        assertThat(columns.from(0)).isZero();
        assertThat(columns.from(2 * SECOND)).isZero();
        assertThat(columns.from(3 * SECOND)).isEqualTo(1);
        assertThat(columns.from(5 * SECOND)).isEqualTo(2);
    }

    @Test
    void keepsLessWhenItIsTold() {
        var columns = new Columns(SECOND, 1_000, Full.WIDEN, Fold.SUM);
        for (int i = 0; i < 1_000; i++) {
            columns.put(i * SECOND, 1);
        }

        columns.keep(60);
        columns.put(1_000 * SECOND, 1);

        assertThat(columns.rows()).isLessThanOrEqualTo(60);
        assertThat(columns.value(0, 0)).isEqualTo(32);
    }

    private static float[] row(Columns columns, int row) {
        var values = new float[columns.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.value(i, row);
        }
        return values;
    }
}
