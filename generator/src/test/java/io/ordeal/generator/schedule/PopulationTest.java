package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PopulationTest {
    private static final long SECOND = 1_000_000_000L;

    @Property
    void activatesAsManyUsersAsItCounts(
            @ForAll @IntRange(min = 0, max = 50) int present,
            @ForAll @IntRange(min = 0, max = 50) int from,
            @ForAll @IntRange(min = 0, max = 50) int to,
            @ForAll @LongRange(min = 0, max = 10 * SECOND - 1) long offset) {
        var population = Population.of(present, from, to, 10 * SECOND);

        long active = LongStream.range(0, 60)
                .filter(user -> population.active(user, offset))
                .count();

        assertThat(active).isCloseTo(population.active(offset), within(1L)); // rounding may put one user on either side
    }

    @Test
    void spreadsTheBeginningOfConstantUsers() {
        var population = Population.of(0, 10, 10, 100 * SECOND);

        assertThat(population.begins(0)).isZero();
        assertThat(population.begins(5)).isEqualTo(SECOND / 2);
        assertThat(population.begins(9)).isEqualTo(9 * SECOND / 10);
        assertThat(population.begins(10)).isEqualTo(Arrivals.NEVER);
        assertThat(population.ends(9)).isEqualTo(Arrivals.NEVER);
    }

    @Test
    void rampsUpEvenly() {
        var population = Population.of(0, 0, 10, 10 * SECOND);

        assertThat(LongStream.range(0, 10).map(population::begins))
                .containsExactly(
                        0L,
                        SECOND,
                        2 * SECOND,
                        3 * SECOND,
                        4 * SECOND,
                        5 * SECOND,
                        6 * SECOND,
                        7 * SECOND,
                        8 * SECOND,
                        9 * SECOND);
    }

    @Test
    void rampsDownFromTheLastUser() {
        var population = Population.of(10, 10, 0, 10 * SECOND);

        assertThat(population.ends(9)).isEqualTo(SECOND);
        assertThat(population.ends(0)).isEqualTo(10 * SECOND);
    }
}
