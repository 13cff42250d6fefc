package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class IterationsTest {
    private static final long SECOND = 1_000_000_000L;

    @Property
    void sharesOfAllSegmentsAreEveryIterationOnce(
            @ForAll @LongRange(min = 1, max = 300) long count,
            @ForAll @LongRange(min = 1, max = 50) long users,
            @ForAll @IntRange(min = 1, max = 40) int segments) {
        var between = new Iterations.Between(count, users);
        var seen = new HashSet<Long>();
        long all = 0;
        for (int segment = 0; segment < segments; segment++) {
            var share = new Share(segment, segments);
            assertThat(between.of(share) == 0 || share.of(users) > 0).isTrue(); // somebody is there to perform them
            for (long place = 0; place < between.of(share); place++) {
                seen.add(between.index(share, place));
                all++;
            }
        }

        assertThat(all).isEqualTo(count);
        assertThat(seen).hasSize((int) count).allMatch(index -> index < count);
    }

    @Property
    void usersOfAllSegmentsAreAsManyAsTheStepsAskFor(
            @ForAll @IntRange(min = 0, max = 40) int from,
            @ForAll @IntRange(min = 0, max = 40) int to,
            @ForAll @IntRange(min = 1, max = 15) int step,
            @ForAll @LongRange(min = 0, max = 8 * SECOND - 1) long offset) {
        if (from == to) {
            return;
        }
        var timeline = Timeline.of(List.of(stairs(from, to, from < to ? step : -step)), 0, new Seed(1));
        var stretch =
                (Stretch.Closed) timeline.stretches().get(timeline.place(offset).orElseThrow());
        long within = offset - stretch.start();
        double settled = stretch.population().rise();

        long active = LongStream.range(0, 60)
                .filter(user -> stretch.population().active(user, within))
                .count();

        if (within >= settled) {
            long level = from + (from < to ? 1L : -1L) * step * (offset / SECOND);
            assertThat(active).isEqualTo(from < to ? Math.min(level, to) : Math.max(level, to));
        }
    }

    @Test
    void stepsAreStretchesOfOnePhase() {
        var timeline = Timeline.of(List.of(stairs(10, 40, 10)), 0, new Seed(1));

        assertThat(timeline.stretches())
                .hasSize(4)
                .allMatch(stretch -> stretch.phase() == 0)
                .extracting(Stretch::start)
                .containsExactly(0L, SECOND, 2 * SECOND, 3 * SECOND);
        assertThat(timeline.end()).isEqualTo(8 * SECOND);
    }

    @Test
    void anAdjustmentTakesThePlaceOfAllStepsToCome() {
        var timeline = Timeline.of(List.of(stairs(10, 40, 10)), 0, new Seed(1))
                .adjusted(3 * SECOND / 2, new Adjustment.ToUsers(10))
                .orElseThrow();

        assertThat(timeline.stretches()).hasSize(3);
        assertThat(timeline.stretches().getLast().end()).isEqualTo(8 * SECOND);
        assertThat(((Stretch.Closed) timeline.stretches().getLast())
                        .population()
                        .active(4 * SECOND))
                .isEqualTo(10);
    }

    @Test
    void everybodyBeginsInOneInstantWhereTheyShall() {
        var phase = new LoadPhase(
                "p",
                LoadModel.CONSTANT_USERS,
                100,
                100,
                Duration.ofSeconds(5),
                true,
                1,
                0,
                Duration.ZERO,
                0,
                true,
                false);
        var stretch = (Stretch.Closed)
                Timeline.of(List.of(phase), 0, new Seed(1)).stretches().getFirst();

        assertThat(LongStream.range(0, 100).map(stretch.population()::begins)).containsOnly(0L);
        assertThat(stretch.population().begins(100)).isEqualTo(Arrivals.NEVER);
    }

    private static LoadPhase stairs(double from, double to, double step) {
        return new LoadPhase(
                "p",
                LoadModel.STEPPED_USERS,
                from,
                to,
                Duration.ofSeconds(8),
                true,
                1,
                step,
                Duration.ofSeconds(1),
                0,
                false,
                false);
    }
}
