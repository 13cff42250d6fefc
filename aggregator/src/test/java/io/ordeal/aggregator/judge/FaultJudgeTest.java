package io.ordeal.aggregator.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Windows of one second from 0; `+` holds, `-` is breached, `.` says nothing.
final class FaultJudgeTest {
    private static final long SECOND = 1_000_000;
    private static final Plan PLAN =
            new Plan(new RunObjectives("r", "c", Duration.ofSeconds(1), 1, List.of(), List.of(), List.of(), List.of()));
    private static final Objective LIMIT = ObjectiveParser.parse("recovery < 3s");

    @Test
    void timesBreachAndRecovery() {
        var verdict = judge("+++++--------+++++", fault(4_500_000, 8_500_000));

        assertThat(verdict.timeToBreach()).contains(Duration.ofMillis(500));
        assertThat(verdict.timeToRecover()).contains(Duration.ofMillis(4_500));
        assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(verdict.reason()).isEqualTo("the objectives held again after 4.5 s, limit < 3 s");
    }

    @Test
    void recoveryMustStay() {
        var verdict = judge("++++----++-+++++", fault(4 * SECOND, 7 * SECOND - 1));

        assertThat(verdict.timeToRecover()).contains(Duration.ofNanos(4_000_001_000L));
    }

    @Test
    void whatNeverBrokeRecoveredAtOnce() {
        var verdict = judge("++++++++++", fault(3 * SECOND, 5 * SECOND));

        assertThat(verdict.timeToBreach()).isEmpty();
        assertThat(verdict.timeToRecover()).contains(Duration.ZERO);
        assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void whatIsBrokenAtTheEndHasFailed() {
        var verdict = judge("++++----------", fault(4 * SECOND, 6 * SECOND));

        assertThat(verdict.timeToRecover()).isEmpty();
        assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void tooFewWindowsAfterItProveNothing() {
        assertThat(judge("++++---++", fault(4 * SECOND, 7 * SECOND - 1)).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void windowsThatSayNothingNeitherCountNorBreakTheRow() {
        assertThat(judge("++++---+.+.+", fault(4 * SECOND, 7 * SECOND - 1)).timeToRecover())
                .isPresent();
    }

    @Test
    void anUnconfirmedFaultIsInconclusive() {
        var begun = new Fault(
                "f", "kill", "api", Optional.of(1L), Optional.of(2L), Optional.empty(), Optional.empty(), true);

        assertThat(judge("++++", begun).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("++++", begun).confirmed()).isFalse();
    }

    private static FaultVerdict judge(String standings, Fault fault) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < standings.length(); i++) {
            var standing = switch (standings.charAt(i)) {
                case '+' -> Row.Standing.HOLDS;
                case '-' -> Row.Standing.BREACHED;
                default -> Row.Standing.UNKNOWN;
            };
            rows.add(new Row(
                    i * SECOND, (i + 1) * SECOND, i * SECOND, 0, 100, 10_000, 0, standing, List.of(), List.of()));
        }
        return new FaultJudge(fault, List.of(fault), rows, PLAN, ResourceFindings.Times.NONE)
                .verdict(List.of(LIMIT), new Budgets(PLAN, new Facts(), rows, List.of()));
    }

    private static Fault fault(long applied, long reverted) {
        return new Fault(
                "f",
                "latency",
                "api",
                Optional.of(applied),
                Optional.of(applied),
                Optional.of(reverted),
                Optional.empty(),
                true);
    }
}
