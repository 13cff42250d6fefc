package io.ordeal.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.WindowLedger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AccountTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    private final Account account = new Account(
            "generator@test", SECOND, new Tolerance(SECOND / 10, SECOND / 5, SECOND / 20, 900, 2), 7 * SECOND);

    @Test
    void countsEachWayOfARequest() {
        account.scheduled(START);
        account.scheduled(START);
        account.scheduled(START);
        account.dropped(START);
        account.sent(START);
        account.sent(START);
        account.completed(START + 1);

        var tick = tick(START + 2, 0);

        assertThat(tick)
                .extracting(
                        SegmentTick::scheduled,
                        SegmentTick::dropped,
                        SegmentTick::sent,
                        SegmentTick::completed,
                        SegmentTick::inFlight)
                .containsExactly(3L, 1L, 2L, 1L, 1);
        assertThat(account.open()).isEqualTo(1);
    }

    @Test
    void putsEachCountIntoTheWindowOfItsOwnInstant() {
        account.scheduled(START);
        account.sent(START + SECOND);
        account.completed(START + 2 * SECOND);

        assertThat(tick(START + 3 * SECOND, 0).windows())
                .containsExactly(window(0, 1, 0, 0, 0), window(1, 0, 0, 1, 0), window(2, 0, 0, 0, 1));
    }

    @Test
    void repeatsOnlyWindowsThatChanged() {
        account.scheduled(START);
        tick(START, 0);
        account.scheduled(START + SECOND);

        var second = tick(START + SECOND, 0);
        account.dropped(START);

        assertThat(second.windows()).containsExactly(window(1, 1, 0, 0, 0));
        assertThat(tick(START + SECOND, 0).windows()).containsExactly(window(0, 1, 1, 0, 0));
    }

    @Test
    void isSaturatedWhenItStartedTooLate() {
        account.started(SECOND / 10 + 1_000_000);

        assertThat(tick(START, 0).saturated()).contains("101 ms late");
        assertThat(tick(START, 0).saturated()).isEmpty();
    }

    @Test
    void isSaturatedWhenEventsWereLostSinceTheLastTick() {
        assertThat(tick(START, 3).saturated()).contains("3 events");
        assertThat(tick(START, 3).saturated()).isEmpty();
    }

    @Test
    void isSaturatedWhenItsEventLoopWasLate() {
        account.lagged(SECOND / 5);
        assertThat(tick(START, 0).saturated()).isEmpty();
        account.lagged(SECOND / 5 + 1);
        assertThat(tick(START, 0).saturated()).contains("event loop came back 200 ms late");
    }

    @Test
    void isSaturatedWhenGarbageCollectionStoppedIt() {
        var tick = account.tick(START, outside(0, 0, 7 * SECOND + SECOND / 2, 0), false);

        assertThat(tick.gc()).isEqualTo(500_000);
        assertThat(tick.saturated()).contains("garbage collection stopped the generator for 500 ms");
        assertThat(account.tick(START, outside(0, 0, 7 * SECOND + SECOND / 2, 0), false)
                        .saturated())
                .isEmpty();
    }

    @Test
    void isSaturatedWhenItsEventsBackUp() {
        assertThat(account.tick(START, outside(0, 0, 7 * SECOND, 900), false).saturated())
                .isEmpty();
        assertThat(account.tick(START, outside(0, 0, 7 * SECOND, 901), false).saturated())
                .contains("901 events wait");
    }

    @Test
    void namesAShortageOfProcessorsOnlyWhereItDidHarm() {
        assertThat(account.tick(START, outside(0, 2, 7 * SECOND, 0), false).saturated())
                .isEmpty();
        account.started(SECOND);
        assertThat(account.tick(START, outside(0, 1.9, 7 * SECOND, 0), false).saturated())
                .isEqualTo("requests began up to 1000 ms late; the generator used 1.9 of 2 cores");
    }

    @Test
    void tellsHowManyArrivalsItTookInHand() {
        account.skipped(5);
        account.arrived();
        account.arrived();

        assertThat(tick(START, 0))
                .extracting(SegmentTick::skipped, SegmentTick::arrived)
                .containsExactly(5L, 2L);
    }

    private SegmentTick tick(long now, long lost) {
        return account.tick(now, outside(lost, 0, 7 * SECOND, 0), false);
    }

    private static Account.Outside outside(long lost, double cpu, long gc, long backlog) {
        return new Account.Outside(0, 0, lost, 0, cpu, 0, 0, gc, backlog);
    }

    private static WindowLedger window(int second, int scheduled, int dropped, int sent, int completed) {
        return new WindowLedger(Instant.ofEpochSecond(1_700_000_000L + second), scheduled, dropped, sent, completed);
    }
}
