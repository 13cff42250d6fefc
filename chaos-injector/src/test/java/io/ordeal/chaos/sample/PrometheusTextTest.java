package io.ordeal.chaos.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.chaos.policy.MetricSelector;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String TEXT = """
        # HELP queue_size Waiting.
        # TYPE queue_size gauge
        queue_size{pool="a",kind="in"} 3
        queue_size{pool="a",kind="out"} 4.5 1712345678901
        queue_size{pool="b"} 100
        queue_size_max{pool="a"} 7
        odd{text="a } \\"quoted\\", and \\\\ more"} 1e3
        plain 12
        counted_total{a="b"} 5 # {trace="x"} 0.67
        not_a_number NaN
        endless +Inf
        broken{pool="a 5
        broken
        """;

    @Test
    void addsUpWhatASelectorMeans() {
        assertThat(read("queue_size{pool=\"a\"}")).containsEntry("r", 7.5);
        assertThat(read("queue_size")).containsEntry("r", 107.5);
        assertThat(read("queue_size{pool=\"a\", kind=\"out\"}")).containsEntry("r", 4.5);
        assertThat(read("plain")).containsEntry("r", 12.0);
        assertThat(read("counted_total")).containsEntry("r", 5.0);
    }

    @Test
    void readsEscapedLabels() {
        assertThat(read("odd{text=\"a } \\\"quoted\\\", and \\\\ more\"}")).containsEntry("r", 1000.0);
    }

    @Test
    void saysNothingWhereNothingIsMeantOrNoNumberStands() {
        assertThat(read("queue")).isEmpty();
        assertThat(read("queue_size{pool=\"c\"}")).isEmpty();
        assertThat(read("not_a_number")).isEmpty();
        assertThat(read("endless")).isEmpty();
        assertThat(read("broken")).isEmpty();
    }

    @Test
    void refusesWhatIsNoSelector() {
        for (var text : new String[] {"", "1a", "a{", "a{b}", "a{b=\"c}", "a{b=c}", "a b", "a{b=\"c\"} 1"}) {
            assertThat(MetricSelector.parse(text)).as(text).isEmpty();
        }
    }

    @Property(tries = 500)
    void breaksOnNoText(@ForAll String text) {
        var selectors = Map.of("r", new MetricSelector("a", Map.of()));
        assertThat(PrometheusText.read("a" + text + "\na{" + text + "} 1\n", selectors))
                .hasSizeLessThan(2);
    }

    @Test
    void tellsTheGrowthOfACounterPerSecond() {
        var rate = new Rate();
        assertThat(rate.since(100, 0)).isEmpty();
        assertThat(rate.since(150, 2_000_000_000L).orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(rate.since(10, 3_000_000_000L)).isEmpty();
    }

    private static Map<String, Double> read(String selector) {
        return PrometheusText.read(
                TEXT, Map.of("r", MetricSelector.parse(selector).orElseThrow()));
    }
}
