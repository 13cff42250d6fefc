package io.ordeal.campaign.run;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static io.ordeal.campaign.run.GuardRows.all;
import static io.ordeal.campaign.run.GuardRows.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardWatchTest {
    private static GuardWatch watch(String... guards) {
        var measured = SMALL.replace("get: /items,", "get: /items, name: list, measure: {rows: $.n},");
        var list = String.join("\n  - ", guards);
        return new GuardWatch(
                accepted(measured.replace("errors < 50% for 10s", list)).guards());
    }

    private static List<WindowSummary> window(GuardRows... rows) {
        return Arrays.stream(rows).map(GuardRows::row).toList();
    }

    /// Returns the second at whose end the guard trips, if it does.
    private static Optional<Integer> trips(GuardWatch watch, GuardRows... windows) {
        return Stream.of(windows)
                .filter(row -> watch.see(window(row)).isPresent())
                .map(GuardRows::second)
                .findFirst();
    }

    @Test
    void waitsUntilPatienceIsOver() {
        assertThat(trips(watch("errors < 50% for 3s"), all(0, 1, 9), all(1, 1, 9), all(2, 5, 5)))
                .contains(2);
        assertThat(trips(watch("errors < 50% for 3s"), all(0, 1, 9), all(1, 6, 4), all(2, 1, 9), all(3, 1, 9)))
                .isEmpty();
    }

    @Test
    void aHardLimitIsOneWindow() {
        var tripped = watch("errors < 50%").see(window(all(7, 2, 8))).orElseThrow();
        assertThat(tripped.text())
                .isEqualTo("guard `errors < 50%` did not hold: 80 % in the last window, limit 50 %, out for 1 s");
        assertThat(tripped.end()).isEqualTo(GuardRows.START.plusSeconds(8));
        assertThat(trips(watch("errors < 50% for 0s"), all(0, 5, 5))).contains(0);
        assertThat(trips(watch("errors < 50%"), all(0, 6, 4))).isEmpty();
    }

    @Test
    void readsAnyPercentileExactly() {
        var slow = each(0, "*/*", 990, 0, 10_000).row();
        var tail = each(0, "*/*", 10, 0, 3_000_000).in("warm-up").row();
        // p99 is the 990th of 1000, p99.1 the 991st: the rows together, whatever their phase.
        assertThat(watch("p99 < 1s").see(List.of(slow, tail))).isEmpty();
        assertThat(watch("p99.1 < 1s").see(List.of(slow, tail))).isPresent();
        assertThat(watch("service mean < 39.8ms").see(List.of(slow, tail))).isPresent();
        assertThat(watch("mean < 40ms").see(List.of(slow, tail))).isEmpty();
    }

    @Test
    void looksAtOneScenarioOrRequest() {
        var rows = window(
                each(0, "browse/list", 90, 10, 5_000),
                each(0, "buy/order", 0, 20, 9_000),
                each(0, "buy/GET /orders", 20, 0, 9_000),
                all(0, 110, 30));
        assertThat(watch("errors < 60%").see(rows)).isEmpty();
        assertThat(watch("errors of buy < 60%").see(rows)).isEmpty();
        assertThat(watch("errors of buy/order < 60%").see(rows)).isPresent();
        assertThat(watch("max of browse < 6ms").see(rows)).isEmpty();
        assertThat(watch("max of buy < 6ms").see(rows)).isPresent();
        assertThat(watch("errors of buy/order < 60% with 21 requests").see(rows))
                .isEmpty();
    }

    @Test
    void looksAtAvailabilityThroughputAndWhatRequestsMeasure() {
        assertThat(trips(watch("availability > 90%"), all(0, 100, 0).dropping(10)))
                .isEmpty();
        assertThat(trips(watch("availability > 90%"), all(0, 100, 0).dropping(12)))
                .contains(0);
        assertThat(trips(watch("throughput > 50/s"), all(0, 50, 100))).contains(0);
        assertThat(trips(watch("rows p95 > 20"), all(0, 5, 0).measuring("rows", 5, 20)))
                .contains(0);
        assertThat(trips(watch("rows mean > 20"), all(0, 5, 0).measuring("rows", 5, 21), all(1, 5, 0)))
                .isEmpty();
    }

    @Test
    void aStandstillBreaksEveryLastingGuardFromItsStart() {
        // The first silent window may have its requests end in the next.
        assertThat(trips(watch("p95 < 9s"), all(0, 5, 0), all(1, 0, 0), all(2, 5, 0)))
                .isEmpty();
        assertThat(trips(watch("p95 < 9s"), all(0, 5, 0), all(1, 0, 0), all(2, 0, 0)))
                .contains(2);
        assertThat(trips(watch("p95 < 9s for 3s"), all(1, 0, 0), all(2, 0, 0), all(3, 0, 0)))
                .contains(3);
        assertThat(trips(watch("p95 < 9s"), all(1, 0, 0).dropping(1))).contains(1);
        assertThat(watch("p95 < 9s")
                        .see(window(all(1, 0, 0).dropping(1)))
                        .orElseThrow()
                        .text())
                .contains("no request ended in the last window");
    }

    @Test
    void burnsInALongAndAShortWindow() {
        var watch = watch("errors < 1% burns < 14 over 12s");
        // 14 % bad over twelve windows is a burn rate of 14; the long window must have passed once.
        for (int second = 0; second < 11; second++) {
            assertThat(watch.see(window(all(second, 85, 15)))).isEmpty();
        }
        var tripped = watch.see(window(all(11, 86, 14))).orElseThrow();
        assertThat(tripped.text())
                .isEqualTo(
                        "guard `errors < 1% burns < 14 over 12s` did not hold: burn rate 14.9 over 12 s and 14.0 over"
                                + " 1 s");
    }

    @Test
    void doesNotStopForWhatIsOverOrHasOnlyBegun() {
        var over = watch("errors < 1% burns < 14 over 12s");
        for (int second = 0; second < 11; second++) {
            over.see(window(all(second, 50, 50)));
        }
        assertThat(over.see(window(all(11, 100, 0)))).isEmpty();
        var begun = watch("errors < 1% burns < 14 over 12s");
        for (int second = 0; second < 11; second++) {
            begun.see(window(all(second, 100, 0)));
        }
        assertThat(begun.see(window(all(11, 0, 100)))).isEmpty();
        assertThat(begun.see(window(all(12, 0, 100)))).isPresent();
    }

    @Test
    void burnsWhatIsTooSlowAndWhatWasDropped() {
        var slow = watch("p95 < 1s burns < 20 over 2s");
        slow.see(window(all(0, 100, 0).taking(1_500_000)));
        assertThat(slow.see(window(all(1, 100, 0).taking(1_500_000)))).isPresent();
        var dropped = watch("availability > 90% burns < 5 over 2s");
        dropped.see(window(all(0, 50, 0).dropping(50)));
        assertThat(dropped.see(window(all(1, 50, 0).dropping(50)))).isPresent();
        assertThat(trips(watch("errors < 1% burns < 5 over 2s"), all(0, 0, 0), all(1, 0, 0), all(2, 0, 0)))
                .isEmpty();
    }

    @Test
    void windowsAreWholeWhenALaterOneComesOrNothingMore() {
        var basket = new WindowBasket();
        var now = Instant.parse("2026-11-06T21:20:09Z");
        basket.add(window(each(0, "buy/order", 1, 0, 5)), now);
        assertThat(basket.whole(now)).isEmpty();
        assertThat(basket.patience(now)).contains(WindowBasket.MOMENT);
        basket.add(window(all(0, 1, 0), all(1, 1, 0)), now.plusMillis(50));
        assertThat(basket.whole(now.plusMillis(50)))
                .singleElement()
                .satisfies(rows -> assertThat(rows).hasSize(2));
        assertThat(basket.whole(now.plusMillis(149))).isEmpty();
        assertThat(basket.whole(now.plusMillis(150))).hasSize(1);
        assertThat(basket.patience(now.plus(Duration.ofHours(1)))).isEmpty();
    }
}
