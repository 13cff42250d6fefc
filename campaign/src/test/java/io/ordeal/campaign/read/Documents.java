package io.ordeal.campaign.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.screen.Ink;
import java.util.List;

/// Documents for tests, and what came of reading them.
public final class Documents {
    /// A small campaign without a problem.
    public static final String SMALL = """
        name: small
        target: sample-service
        scenarios:
          browse:
            weight: 3
            think: 1s..3s
            steps:
              - {get: /items, timeout: 3s, check: {status: 200, contains: sku}}
          buy:
            steps:
              - {name: order, post: /orders, body: {sku: A-1, count: 2}, check: {status: [200, 201]}}
              - {get: "/orders?last=1"}
        phases:
          - {name: warm-up, users: 0 -> 50, over: 10s, judged: false}
          - {name: steady, rate: 500/s, for: 30s}
        faults:
          - {id: F1, latency: 500ms, jitter: 100ms, on: sample-service, at: steady + 10s, for: 5s}
          - {id: F2, kill: sample-service, at: 30s, for: 2s}
        objectives:
          - p95 < 500ms outside faults
          - errors of buy/order < 1% in steady outside faults
          - {name: comes back, expect: recovery < 10s}
        guards:
          - errors < 50% for 10s
        """;

    private Documents() {}

    /// Reads a document that has no problem.
    public static Campaign accepted(String text, String... overrides) {
        return switch (CampaignReader.read("test.yaml", text, List.of(overrides))) {
            case Reading.Accepted(var campaign, var _) -> campaign;
            case Reading.Refused(var problems) ->
                throw new AssertionError(String.join("\n", ProblemText.lines(problems, "test.yaml", Ink.NONE)));
        };
    }

    /// Reads a document that has problems.
    public static List<DocumentProblem> refused(String text, String... overrides) {
        var reading = CampaignReader.read("test.yaml", text, List.of(overrides));
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).problems();
    }

    /// Returns the problems as they are shown.
    static String shown(String text, String... overrides) {
        return String.join("\n", ProblemText.lines(refused(text, overrides), "test.yaml", Ink.NONE));
    }
}
