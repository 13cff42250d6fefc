package io.ordeal.aggregator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferTest {
    private final Results results = new Script(3, "errors < 10%", "recovery < 5s")
            .window(0, 10, 0)
            .window(1, 10, 0)
            .window(2, 10, 0)
            .fault("f", 0.5, 0.6)
            .results();

    @Test
    void equalResultsDifferNowhere() {
        assertThat(Differ.differences(results, results)).isEmpty();
    }

    @Test
    void namesWindowFieldAndBothValues() {
        var windows = new ArrayList<>(results.windows());
        windows.set(0, tampered(windows.getFirst()));

        assertThat(texts(new Results(windows, results.verdicts())))
                .containsExactly("window 2026-01-01T00:00:00Z steady s/q: counts.ok: told 9, recomputed 10");
    }

    @Test
    void namesWhatIsMissingAndWhatIsThereTwice() {
        var windows = new ArrayList<>(results.windows());
        windows.removeLast();
        var verdicts = new ArrayList<>(results.verdicts());
        verdicts.add(verdicts.getFirst());

        assertThat(texts(new Results(windows, verdicts)))
                .containsExactly(
                        "window 2026-01-01T00:00:02Z steady */*: is missing",
                        "verdict on `errors < 10%` in window 2026-01-01T00:00:00Z: times: told 2, recomputed 1");
    }

    @Test
    void namesOnceWhatTheVerdictOnTheRunRepeats() {
        var unlike = new Script(3, "errors < 10%", "recovery < 5s")
                .window(0, 10, 0)
                .window(1, 10, 0)
                .window(2, 10, 0)
                .fault("f", 0.5, 0.7)
                .results();

        assertThat(Differ.differences(unlike, results).stream()
                        .filter(difference -> difference.field().endsWith("revertedAt")))
                .singleElement()
                .satisfies(difference -> assertThat(difference.subject()).isEqualTo("verdict on fault f"));
    }

    @Test
    void aWaitIsTheWallClocksToSay() {
        var records =
                new Script(2, "errors < 10%").window(0, 10, 0).window(1, 10, 0).records();
        var told = Auditor.recompute(records, Results.NONE);
        var waited = new Results(told.windows().stream().map(DifferTest::waited).toList(), told.verdicts());

        assertThat(Auditor.audit(records, waited)).extracting(Difference::field).containsExactly("verdict.verdict");
    }

    private List<String> texts(Results told) {
        return Differ.differences(told, results).stream().map(Difference::text).toList();
    }

    private static WindowSummary tampered(WindowSummary one) {
        return with(one, new OutcomeCounts(9, 0, 0, 0, 0, 0, 0), one.closedBy());
    }

    private static WindowSummary waited(WindowSummary one) {
        return with(one, one.counts(), ClosedBy.WAIT);
    }

    private static WindowSummary with(WindowSummary one, OutcomeCounts counts, ClosedBy closedBy) {
        return new WindowSummary(
                one.run(),
                one.start(),
                one.length(),
                one.phase(),
                one.scenario(),
                one.request(),
                closedBy,
                one.earliestSent(),
                counts,
                one.ledger(),
                one.response(),
                one.service(),
                one.responseHistogram(),
                one.serviceHistogram(),
                one.bytesOut(),
                one.bytesIn(),
                one.late(),
                one.faults(),
                one.saturated(),
                one.measures());
    }
}
