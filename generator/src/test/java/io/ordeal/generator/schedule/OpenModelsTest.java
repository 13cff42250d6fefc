package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// What must hold of every open model.
final class OpenModelsTest {
    private static final long SECOND = 1_000_000_000L;

    @Property(tries = 300)
    void isTheSameScheduleInAnyNumberOfSegments(
            @ForAll("phases") List<LoadPhase> phases,
            @ForAll @LongRange(max = 3) long seed,
            @ForAll @IntRange(min = 1, max = 37) int segments) {
        var timeline = Timeline.of(phases, SECOND, new Seed(seed));
        var union = new TreeMap<Long, Long>();
        int all = 0;
        for (int segment = 0; segment < segments; segment++) {
            for (var cursor = new Cursor(timeline, new Share(segment, segments));
                    cursor.due() != Arrivals.NEVER;
                    cursor.advance()) {
                union.put(cursor.index(), cursor.due());
                all++;
            }
        }

        var whole = instants(timeline);

        assertThat(new ArrayList<>(union.values())).isEqualTo(whole);
        assertThat(all).isEqualTo(whole.size());
        assertThat((long) whole.size()).isEqualTo(timeline.arrivals());
    }

    @Property(tries = 300)
    void neverGoesBackAndStaysWithinItsPhases(
            @ForAll("phases") List<LoadPhase> phases, @ForAll @LongRange(max = 3) long seed) {
        var timeline = Timeline.of(phases, SECOND, new Seed(seed));

        assertThat(instants(timeline)).isSorted().allMatch(at -> at >= SECOND && at < timeline.end());
    }

    @Property(tries = 300)
    void skipsAsManyAsItWouldHaveMade(
            @ForAll("phases") List<LoadPhase> phases,
            @ForAll @IntRange(min = 1, max = 7) int segments,
            @ForAll @LongRange(max = 10 * SECOND) long offset) {
        var timeline = Timeline.of(phases, SECOND, new Seed(5));
        long before = instants(timeline).stream().filter(at -> at < offset).count();
        long passed = 0;
        for (int segment = 0; segment < segments; segment++) {
            var cursor = new Cursor(timeline, new Share(segment, segments));
            passed += cursor.skipTo(offset);
            assertThat(cursor.due()).isGreaterThanOrEqualTo(offset);
        }

        assertThat(passed).isEqualTo(before);
    }

    @Property(tries = 100)
    void isTheSameAgainWithTheSameSeedAfterAnAdjustment(
            @ForAll("phases") List<LoadPhase> phases, @ForAll @LongRange(max = 4 * SECOND) long at) {
        var one = Timeline.of(phases, 0, new Seed(7)).adjusted(at, new Adjustment.ToRate(33.3));
        var other = Timeline.of(phases, 0, new Seed(7)).adjusted(at, new Adjustment.ToRate(33.3));

        assertThat(one.map(OpenModelsTest::instants)).isEqualTo(other.map(OpenModelsTest::instants));
    }

    @Property(tries = 200)
    void makesExactlyAsManyArrivalsAsItWasAskedFor(
            @ForAll @LongRange(min = 1, max = 5000) long count,
            @ForAll @LongRange(min = 1, max = 100_000) long millis,
            @ForAll @IntRange(min = 1, max = 37) int segments,
            @ForAll boolean poisson) {
        var timeline = Timeline.of(List.of(arrivals(count, millis, false, poisson)), 0, new Seed(3));
        long made = 0;
        for (int segment = 0; segment < segments; segment++) {
            made += new Cursor(timeline, new Share(segment, segments)).skipTo(Long.MAX_VALUE);
        }

        assertThat(made).isEqualTo(count);
    }

    @Test
    void spreadsAThousandArrivalsEvenlyOverThirtySeconds() {
        var instants = instants(Timeline.of(List.of(arrivals(1000, 30_000, false, false)), 0, new Seed(1)));

        assertThat(instants)
                .containsExactlyElementsOf(LongStream.range(0, 1000)
                        .map(n -> n * 30_000_000L)
                        .boxed()
                        .toList());
    }

    @Test
    void beginsEverythingInOneInstant() {
        var timeline = Timeline.of(List.of(arrivals(5, 1000, true, false)), SECOND, new Seed(1));

        assertThat(instants(timeline)).containsExactly(SECOND, SECOND, SECOND, SECOND, SECOND);
        assertThat(new Cursor(timeline, new Share(6, 8)).due()).isEqualTo(Arrivals.NEVER);
    }

    @Test
    void climbsStairsWithoutDrift() {
        var stairs = new Stairs(3, 5, 1, SECOND / 2);

        assertThat(LongStream.range(0, 8).map(stairs::instant))
                .containsExactly(
                        0L,
                        333_333_334L,
                        SECOND / 2 + 125_000_000L, // half an arrival was left over from the first level
                        SECOND / 2 + 375_000_000L,
                        SECOND + 100_000_000L,
                        SECOND + 300_000_000L,
                        SECOND + 500_000_000L,
                        SECOND + 700_000_000L);
    }

    @Test
    void waitsForTheFirstLevelThatHasARate() {
        assertThat(new Stairs(0, 20, 10, SECOND).instant(0)).isEqualTo(SECOND);
        assertThat(new Stairs(20, 0, -10, SECOND).instant(30)).isEqualTo(Arrivals.NEVER);
        assertThat(new Stairs(20, 0, -10, SECOND).before(9 * SECOND)).isEqualTo(30);
    }

    @Test
    void takesItsLastLevelWhereStepsDoNotDivideTheWay() {
        var stairs = new Stairs(10, 25, 10, SECOND);

        assertThat(stairs.rate(SECOND)).isEqualTo(20);
        assertThat(stairs.rate(2 * SECOND)).isEqualTo(25);
        assertThat(stairs.rate(9 * SECOND)).isEqualTo(25);
        assertThat(stairs.before(3 * SECOND)).isEqualTo(55);
    }

    @Provide
    Arbitrary<List<LoadPhase>> phases() {
        var rates = Arbitraries.doubles().between(0, 300);
        var millis = Arbitraries.longs().between(100, 2000);
        var random = Arbitraries.of(true, false);
        return Arbitraries.oneOf(
                        Combinators.combine(rates, millis, random)
                                .as((rate, length, poisson) ->
                                        rate(LoadModel.CONSTANT_RATE, rate, rate, length, poisson)),
                        Combinators.combine(rates, rates, millis, random)
                                .as((from, to, length, poisson) ->
                                        rate(LoadModel.RAMPING_RATE, from, to, length, poisson)),
                        Combinators.combine(rates, rates, millis, random).as(OpenModelsTest::stairs),
                        Combinators.combine(Arbitraries.longs().between(1, 500), millis, random)
                                .as((count, length, poisson) -> arrivals(count, length, false, poisson)),
                        Combinators.combine(Arbitraries.longs().between(1, 500), millis)
                                .as((count, length) -> arrivals(count, length, true, false)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static LoadPhase rate(LoadModel model, double from, double to, long millis, boolean poisson) {
        return phase(model, from, to, millis, 0, Duration.ZERO, 0, false, poisson);
    }

    private static LoadPhase stairs(double from, double to, long millis, boolean poisson) {
        double step = from < to ? 7.7 : -7.7;
        return phase(LoadModel.STEPPED_RATE, from, to, millis, step, Duration.ofMillis(97), 0, false, poisson);
    }

    private static LoadPhase arrivals(long count, long millis, boolean atOnce, boolean poisson) {
        return phase(LoadModel.ARRIVALS, 0, 0, millis, 0, Duration.ZERO, count, atOnce, poisson);
    }

    private static LoadPhase phase(
            LoadModel model,
            double from,
            double to,
            long millis,
            double step,
            Duration every,
            long count,
            boolean atOnce,
            boolean poisson) {
        return new LoadPhase(
                "p", model, from, to, Duration.ofMillis(millis), true, 100, step, every, count, atOnce, poisson);
    }

    private static List<Long> instants(Timeline timeline) {
        var instants = new ArrayList<Long>();
        for (var cursor = new Cursor(timeline, new Share(0, 1)); cursor.due() != Arrivals.NEVER; cursor.advance()) {
            instants.add(cursor.due());
        }
        return instants;
    }
}
