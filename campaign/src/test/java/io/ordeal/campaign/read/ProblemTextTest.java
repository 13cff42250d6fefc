package io.ordeal.campaign.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProblemTextTest {
    @Test
    void showsNoSecretInTheLineOfAnyProblem() {
        var scenario = "  spy: {auth: {bearer: s3cr3t-token}, think: never, steps: [{get: /}]}\n";
        var shown = Documents.shown(Documents.SMALL.replace("  buy:\n", scenario + "  buy:\n"));

        assertThat(shown).contains("E107", "/scenarios/spy/auth/bearer", "E104", "/scenarios/spy/think");
        assertThat(shown).contains("{bearer: ************}, think: never").doesNotContain("s3cr3t");
    }
}
