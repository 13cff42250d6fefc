package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.BudgetShare;
import io.ordeal.schemas.results.BurnAlert;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Known answers for budgets of bad requests: what is spent, and when it burned too fast.
final class BudgetsTest {
    /// Three bad seconds: in the five up to the third 12 % of the requests are bad, 12 times what may be, and by
    /// Wilson's interval more than 9 times; up to the second 8 %, which may be as little as 5.9 times.
    @Test
    void aBudgetThatHoldsWarnsWhereItBurnedTooFast() {
        var told = threeBadSeconds("errors < 1% as budget", 600);

        var objective = told.objective();
        assertThat(objective.verdict()).isEqualTo(Verdict.WARN);
        assertThat(objective.reason()).isEqualTo("its budget burned up to 12 times too fast over 5 s, limit 6");
        assertThat(objective.scope()).isEqualTo("whole run, as budget");
        assertThat(objective.budget().orElseThrow()).satisfies(budget -> {
            assertThat(budget.allowed()).isEqualTo(0.01);
            assertThat(budget.total()).isEqualTo(10_000);
            assertThat(budget.bad()).isEqualTo(60);
            assertThat(budget.spent()).isEqualTo(0.6);
            assertThat(budget.alerts())
                    .containsExactly(
                            new BurnAlert(6, Duration.ofSeconds(5), Duration.ofSeconds(1), Scene.at(53), 1, 12));
        });
        assertThat(told.run().verdict()).isEqualTo(Verdict.PASS);
        assertThat(told.run().warnings())
                .containsExactly("`errors < 1% as budget` warns: its budget burned up to 12 times too fast over 5 s,"
                        + " limit 6.");
    }

    /// Planned for an hour, the same three seconds are looked at over 5, 30, 120 and 360 s: 12 times the allowed rate
    /// are not proven to be 14.4 times, and the others have not passed or are too long.
    @Test
    void windowsAreScaledToThePlannedLength() {
        var budget = threeBadSeconds("errors < 1% as budget", 3_600)
                .objective()
                .budget()
                .orElseThrow();

        assertThat(budget.alerts()).isEmpty();
    }

    @Test
    void aShortRunHasNoWindowsThatAreLongEnough() {
        assertThat(threeBadSeconds("errors < 1% as budget", 40).objective().verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void anExhaustedBudgetFails() {
        var objective = threeBadSeconds("errors < 0.5% as budget", 600).objective();

        assertThat(objective.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(objective.budget().orElseThrow().spent()).isEqualTo(1.2);
        assertThat(threeBadSeconds("warn errors < 0.5% as budget", 600)
                        .objective()
                        .verdict())
                .isEqualTo(Verdict.WARN);
    }

    @Test
    void availabilityCountsWhatWasDropped() {
        var objective = scene("availability >= 95% as budget", 600)
                .ok(0, 10, 98, 10)
                .bad(5, 6, 10)
                .dropped(7, 10)
                .judge()
                .objective();

        assertThat(objective.budget().orElseThrow()).satisfies(budget -> {
            assertThat(budget.allowed()).isEqualTo(0.05);
            assertThat(budget.total()).isEqualTo(1_000);
            assertThat(budget.bad()).isEqualTo(20);
            assertThat(budget.spent()).isEqualTo(0.4);
            assertThat(budget.alerts()).isEmpty();
        });
        assertThat(objective.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aPercentileAllowsWhatIsBeyondIt() {
        var objective = scene("p95 < 50ms as budget", 600)
                .ok(0, 10, 97, 10)
                .ok(0, 10, 3, 90)
                .judge()
                .objective();

        assertThat(objective.budget().orElseThrow()).satisfies(budget -> {
            assertThat(budget.allowed()).isEqualTo(0.05);
            assertThat(budget.bad()).isEqualTo(30);
            assertThat(budget.spent()).isEqualTo(0.6);
        });
    }

    @Test
    void onlyTheScopeCounts() {
        var objective = scene("errors < 1% as budget outside faults", 600)
                .fault("f", 50, 52.9995)
                .ok(0, 50, 100, 1)
                .ok(50, 53, 80, 1)
                .bad(50, 53, 20)
                .ok(53, 100, 100, 1)
                .judge();

        assertThat(objective.objective().verdict()).isEqualTo(Verdict.PASS);
        assertThat(objective.objective().budget().orElseThrow()).satisfies(budget -> {
            assertThat(budget.total()).isEqualTo(9_700);
            assertThat(budget.spent()).isZero();
        });
        assertThat(objective.fault("f").budgets())
                .containsExactly(new BudgetShare("errors < 1% as budget outside faults", 0));
    }

    @Test
    void aFaultHasItsShareOfEachBudget() {
        var told = scene("errors < 1% as budget", 600)
                .fault("f", 50, 51.9995)
                .ok(0, 50, 100, 1)
                .ok(50, 53, 80, 1)
                .bad(50, 53, 20)
                .ok(53, 100, 100, 1)
                .judge();

        assertThat(told.fault("f").budgets()).containsExactly(new BudgetShare("errors < 1% as budget", 0.6));
        assertThat(told.fault("f").bad()).isEqualTo(60);
        assertThat(told.fault("f").timeToRecover()).contains(Duration.ofNanos(1_000_500_000));
    }

    @Test
    void nothingIsNoBudget() {
        var objective = scene("errors < 1% as budget", 600).judge().objective();

        assertThat(objective.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(objective.budget().orElseThrow().spent()).isZero();
        assertThat(scene("errors <= 0% as budget", 600)
                        .ok(0, 10, 98, 10)
                        .bad(3, 4, 2)
                        .judge()
                        .objective()
                        .budget()
                        .orElseThrow()
                        .spent())
                .as("each bad request spends all of nothing")
                .isEqualTo(2);
    }

    private static Scene.Told threeBadSeconds(String objective, int planned) {
        return scene(objective, planned)
                .ok(0, 50, 100, 10)
                .ok(50, 53, 80, 10)
                .bad(50, 53, 20)
                .ok(53, 100, 100, 10)
                .judge();
    }

    private static Scene scene(String objective, int planned) {
        return new Scene(objective).phase("steady", true, planned).request("a", "get", Map.of());
    }
}
