package io.ordeal.campaign.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.resources.ResourceSample;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceHistoryTest {
    private static final Instant START = Instant.parse("2026-11-06T21:20:00Z");

    private static ResourceSample sample(String host, long second, double cpu) {
        return new ResourceSample("", host, "api", START.plusSeconds(second), Map.of("cpu", cpu));
    }

    @Test
    void keepsWhatTheseHostsUsedFromTheStartOn() {
        var history = new ResourceHistory();
        history.add(sample("a", -5, 0.1));
        history.add(sample("a", 5, 0.2));
        history.add(sample("a", 6, Double.NaN));
        history.add(sample("other", 5, 0.9));
        assertThat(history.of(Set.of("a"), START)).singleElement().satisfies(series -> {
            assertThat(series.source()).isEqualTo("api");
            assertThat(series.points()).containsExactly(new ResourceSeries.Point(START.plusSeconds(5), 0.2));
        });
    }

    @Test
    void staysSmallOverADayAndLosesNoPeak() {
        var history = new ResourceHistory();
        for (int second = 0; second < 86_400; second++) {
            history.add(sample("a", second, second == 50_001 ? 0.99 : 0.1));
        }
        var points = history.of(Set.of("a"), START).getFirst().points();
        assertThat(points).hasSizeBetween(ResourceHistory.MOST_POINTS / 2, ResourceHistory.MOST_POINTS);
        assertThat(points).extracting(ResourceSeries.Point::value).contains(0.99);
        assertThat(points).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(points.getLast().at()).isAfter(START.plusSeconds(86_300));
    }

    @Test
    void leavesOutSeriesBeyondItsRoom() {
        var history = new ResourceHistory();
        for (int i = 0; i < ResourceHistory.MOST_SERIES + 10; i++) {
            history.add(new ResourceSample("", "a", "p" + i, START, Map.of("cpu", 0.5)));
        }
        assertThat(history.of(Set.of("a"), START)).hasSize(ResourceHistory.MOST_SERIES);
    }
}
