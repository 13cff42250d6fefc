package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final long SECOND = 1_000_000_000L;

    @Property(tries = 200)
    void isTheSameScheduleInAnyNumberOfSegments(
            @ForAll @DoubleRange(min = 0, max = 400) double first,
            @ForAll @DoubleRange(min = 0, max = 400) double second,
            @ForAll @IntRange(min = 1, max = 37) int segments) {
        var timeline = timeline(List.of(
                phase("ramp", LoadModel.RAMPING_RATE, first, second),
                phase("users", LoadModel.CONSTANT_USERS, 5, 5),
                phase("steady", LoadModel.CONSTANT_RATE, second, second)));

        var whole = arrivals(timeline, 1);

        assertThat(arrivals(timeline, segments)).isEqualTo(whole);
        assertThat(whole).hasSize((int) timeline.arrivals());
    }

    @Property(tries = 200)
    void isTheSameScheduleInAnyNumberOfSegmentsAfterAnAdjustment(
            @ForAll @DoubleRange(min = 0, max = 400) double rate,
            @ForAll @LongRange(min = 0, max = 2 * SECOND - 1) long at,
            @ForAll @IntRange(min = 1, max = 37) int segments) {
        var timeline = timeline(List.of(
                        phase("ramp", LoadModel.RAMPING_RATE, 10, 300),
                        phase("steady", LoadModel.CONSTANT_RATE, 77.7, 77.7)))
                .adjusted(at, new Adjustment.ToRate(rate))
                .orElseThrow();

        assertThat(arrivals(timeline, segments)).isEqualTo(arrivals(timeline, 1));
    }

    @Test
    void keepsWhatWasDueBeforeAnAdjustmentAndBeginsAnewAtIt() {
        var timeline = timeline(List.of(phase("steady", LoadModel.CONSTANT_RATE, 10, 10)))
                .adjusted(SECOND / 2 + 1, new Adjustment.ToRate(4))
                .orElseThrow();

        assertThat(arrivals(timeline, 1).values())
                .containsExactly(
                        0L,
                        SECOND / 10,
                        SECOND / 5,
                        3 * SECOND / 10,
                        2 * SECOND / 5,
                        SECOND / 2,
                        SECOND / 2 + 1,
                        3 * SECOND / 4 + 1);
    }

    @Test
    void refusesARateForUsersAndUsersForARate() {
        var timeline = timeline(
                List.of(phase("users", LoadModel.CONSTANT_USERS, 5, 5), phase("rate", LoadModel.CONSTANT_RATE, 5, 5)));

        assertThat(timeline.adjusted(0, new Adjustment.ToRate(1))).isEmpty();
        assertThat(timeline.adjusted(SECOND, new Adjustment.ToUsers(1))).isEmpty();
        assertThat(timeline.adjusted(2 * SECOND, new Adjustment.ToRate(1))).isEmpty();
    }

    @Test
    void handsUsersOnToTheNextClosedPhase() {
        var timeline = timeline(
                List.of(phase("up", LoadModel.RAMPING_USERS, 0, 5), phase("more", LoadModel.CONSTANT_USERS, 8, 8)));

        var second = (Stretch.Closed) timeline.stretches().get(1);

        assertThat(second.population().present()).isEqualTo(5);
        assertThat(second.population().begins(4)).isZero();
        assertThat(second.population().begins(6)).isPositive();
    }

    @Test
    void skipsToAnInstantAndSaysHowManyItPassedOver() {
        var timeline = timeline(
                List.of(phase("a", LoadModel.CONSTANT_RATE, 10, 10), phase("b", LoadModel.CONSTANT_RATE, 20, 20)));
        var cursor = new Cursor(timeline, new Share(0, 2));

        long passed = cursor.skipTo(SECOND + SECOND / 2);

        assertThat(passed).isEqualTo(10);
        assertThat(cursor.index()).isEqualTo(20);
        assertThat(cursor.due()).isEqualTo(SECOND + SECOND / 2);
        assertThat(cursor.stretch().phase()).isEqualTo(1);
    }

    private static Timeline timeline(List<LoadPhase> phases) {
        return Timeline.of(phases, 0, new Seed(1));
    }

    private static Map<Long, Long> arrivals(Timeline timeline, int segments) {
        var all = new TreeMap<Long, Long>();
        var doubles = new ArrayList<Long>();
        for (int segment = 0; segment < segments; segment++) {
            for (var cursor = new Cursor(timeline, new Share(segment, segments));
                    cursor.due() != Arrivals.NEVER;
                    cursor.advance()) {
                if (all.put(cursor.index(), cursor.due()) != null) {
                    doubles.add(cursor.index());
                }
            }
        }
        assertThat(doubles).isEmpty();
        return all;
    }

    private static LoadPhase phase(String name, LoadModel model, double from, double to) {
        return new LoadPhase(name, model, from, to, Duration.ofSeconds(1), true, 100);
    }
}
