package io.ordeal.aggregator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.schemas.load.SegmentTick;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochAccountTest {
    @Test
    void knowsWhatFellBetweenTwoOwnersWhateverAnIterationConsistsOf() {
        var before = account(0, 100, 300).account(Account.NONE);
        var after = account(150, 10, 30).account(before);

        assertThat(after.skipped()).isEqualTo(50);
        assertThat(before.plus(after).scheduled()).isEqualTo(300 + 30 + 50);
        assertThat(before.plus(after).arrived()).isEqualTo(160);
        assertThat(before.plus(after).gap().orElse("")).contains("50 arrivals fell between two owners");
    }

    @Test
    void missesNothingWhereOneOwnerBeginsWhereTheOtherEnded() {
        var before = account(0, 100, 300).account(Account.NONE);

        assertThat(account(100, 60, 180).account(before).skipped()).isZero();
    }

    private static EpochAccount account(long skipped, long arrived, long requests) {
        var account = new EpochAccount();
        account.tick(new SegmentTick(
                Instant.EPOCH,
                "generator",
                0,
                skipped,
                requests,
                0,
                requests,
                requests,
                requests,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                false,
                List.of(),
                0,
                0,
                arrived));
        return account;
    }
}
