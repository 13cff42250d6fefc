package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SeedTest {
    private static final int MANY = 100_000;

    @Test
    void drawsTheSameAgain() {
        assertThat(new Seed(7).draw(1, 2, 3)).isEqualTo(new Seed(7).draw(1, 2, 3));
        assertThat(new Seed(7).draw(1, 2, 3)).isNotEqualTo(new Seed(8).draw(1, 2, 3));
        assertThat(new Seed(7).draw(1, 2, 3)).isNotEqualTo(new Seed(7).draw(2, 1, 3));
    }

    @Test
    void picksScenariosByWeight() {
        var mix = new Mix(List.of(scenario("a", 40), scenario("never", 0), scenario("b", 10)));
        var seed = new Seed(42);

        long first = LongStream.range(0, MANY)
                .filter(i -> mix.pick(seed.draw(Seed.ARRIVALS, i, 0)) == 0)
                .count();
        long never = LongStream.range(0, MANY)
                .filter(i -> mix.pick(seed.draw(Seed.ARRIVALS, i, 0)) == 1)
                .count();

        assertThat((double) first / MANY).isCloseTo(0.8, within(0.01));
        assertThat(never).isZero();
    }

    @Test
    void thinksUniformlyBetweenTheBounds() {
        var think = new Think(ThinkKind.UNIFORM, Duration.ofMillis(100), Duration.ofMillis(300));

        assertThat(mean(think)).isCloseTo(0.2e9, within(0.002e9));
        assertThat(Pause.nanos(think, 0)).isEqualTo(100_000_000L);
    }

    @Test
    void thinksExponentiallyWithTheMeanAndCutsTheTail() {
        var think = new Think(ThinkKind.EXPONENTIAL, Duration.ofMillis(100), Duration.ofSeconds(10));

        assertThat(mean(think)).isCloseTo(0.1e9, within(0.002e9));
        assertThat(Pause.nanos(think, Math.nextDown(1.0))).isLessThanOrEqualTo(10_000_000_000L);
    }

    private static double mean(Think think) {
        var seed = new Seed(1);
        return LongStream.range(0, MANY)
                .map(i -> Pause.nanos(think, seed.draw(1, i, 1)))
                .average()
                .orElseThrow();
    }

    private static Scenario scenario(String name, double weight) {
        return new Scenario(name, weight, new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO), List.of());
    }
}
