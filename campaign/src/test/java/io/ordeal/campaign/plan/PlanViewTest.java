package io.ordeal.campaign.plan;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.Golden;
import io.ordeal.campaign.screen.Glyphs;
import io.ordeal.campaign.screen.Ink;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static List<String> lines(String text, Glyphs glyphs, Ink ink) {
        return PlanView.lines(((Planning.Planned) Planner.plan(accepted(text), 1)).plan(), glyphs, ink);
    }

    @Test
    void showsThePlanInEightyColumns() {
        var lines = lines(
                SMALL + "description: Does the shop hold while answers are slow and a process dies?\n",
                Glyphs.UNICODE,
                Ink.NONE);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        Golden.check("plan.txt", lines);
    }

    @Test
    void showsEveryLoadModelAndTheLoadsBeside() {
        var lines = lines(
                SMALL.replace(
                                "weight: 3",
                                "load: [{rate: 5/s, for: 10s}, {users: 2, iterations: 10 each, for: 5s}], start: 30s"
                                        .replace(", start", "\n    start"))
                        .replace(
                                "{name: warm-up, users: 0 -> 50, over: 10s, judged: false}",
                                "{name: climb, rate: 100/s -> 500/s, step: 100/s, every: 2s, until: p95 > 500ms,"
                                        + " poisson: true, for: 10s, judged: false}")
                        .replace("rate: 500/s", "arrivals: 1000"),
                Glyphs.UNICODE,
                Ink.NONE);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        Golden.check("plan-models.txt", lines);
    }

    @Test
    void needsNoMoreThanAscii() {
        assertThat(lines(SMALL, Glyphs.ASCII, Ink.NONE))
                .allMatch(line -> line.chars().allMatch(c -> c < 128));
    }

    @Test
    void coloursWithoutChangingTheText() {
        var plain = lines(SMALL, Glyphs.UNICODE, Ink.NONE);
        var coloured = lines(SMALL, Glyphs.UNICODE, new Ink(true));

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void keepsItsWidthWithLongNames() {
        var text = SMALL.replace("F2", "F2-" + "x".repeat(60))
                .replace("warm-up", "w".repeat(60))
                .replace("name: small", "name: " + "n".repeat(60));

        assertThat(lines(text, Glyphs.UNICODE, Ink.NONE))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
