package io.ordeal.aggregator.http;

import io.ordeal.aggregator.judge.Words;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Standings.Standing;
import io.ordeal.aggregator.query.Standings.Where;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.Comparator;
import java.util.Optional;

/// The objectives of a run as the live page shows them: in, out or waiting while it goes on; met, breached or
/// inconclusive only when it is judged. The worst stand first.
final class ObjectivesTable {
    private final RunView run;

    ObjectivesTable(RunView run) {
        this.run = run;
    }

    void write(Html html) {
        var standings = run.standings().all();
        if (standings.isEmpty()) {
            html.element("p", "No objective is known yet.", "class", "soft");
            return;
        }
        html.element(
                "table",
                () -> {
                    html.element(
                            "thead",
                            () -> html.element("tr", () -> {
                                html.element("th", "", "scope", "col");
                                html.element("th", "objective", "scope", "col");
                                html.element("th", "limit", "scope", "col", "class", "n");
                                html.element(
                                        "th",
                                        run.verdict().isPresent() ? "observed" : "now",
                                        "scope",
                                        "col",
                                        "class",
                                        "n");
                                html.element("th", "windows out", "scope", "col", "class", "n");
                            }));
                    html.element(
                            "tbody",
                            () -> standings.stream()
                                    .sorted(Comparator.comparingInt(this::rank))
                                    .forEach(standing -> row(html, standing)));
                },
                "class",
                "objectives");
    }

    private int rank(Standing standing) {
        return judged(standing)
                .map(one -> switch (one.verdict()) {
                    case FAIL -> 0;
                    case INCONCLUSIVE -> 1;
                    case WARN -> 2;
                    case PASS -> 3;
                })
                .orElseGet(() -> standing.where().ordinal());
    }

    private Optional<ObjectiveVerdict> judged(Standing standing) {
        return run.verdict()
                .flatMap(verdict -> verdict.objectives().stream()
                        .filter(one -> one.name().equals(standing.name()))
                        .findFirst());
    }

    private void row(Html html, Standing standing) {
        var judged = judged(standing);
        var style = judged.map(one -> Sections.style(one.verdict())).orElseGet(() -> style(standing.where()));
        var word = judged.map(one -> met(one.verdict())).orElseGet(() -> in(standing.where()));
        var observed = judged.isPresent() ? judged.flatMap(ObjectiveVerdict::observed) : standing.observed();
        long windows = judged.map(ObjectiveVerdict::windows).orElse(standing.windows());
        long out = judged.map(ObjectiveVerdict::windowsFailed).orElse(standing.windowsOut());
        html.element("tr", () -> {
            html.element("td", word, "class", "state " + style);
            html.element("td", () -> {
                html.element("b", standing.name());
                var about = standing.name().equals(standing.expression()) ? standing.scope() : standing.expression();
                html.element("span", about, "class", "soft");
                reason(standing, judged).ifPresent(reason -> html.element("span", reason, "class", "soft why"));
            });
            html.element(
                    "td",
                    Double.isFinite(standing.limit()) ? Words.quantity(standing.limit(), standing.unit()) : "–",
                    "class",
                    "n");
            html.element(
                    "td",
                    observed.map(value -> Wording.observed(value, standing.limit(), standing.unit()))
                            .orElse("–"),
                    "class",
                    "n");
            html.element("td", windows == 0 ? "–" : out + " of " + windows, "class", "n");
        });
    }

    private Optional<String> reason(Standing standing, Optional<ObjectiveVerdict> judged) {
        return judged.filter(one -> one.verdict() != Verdict.PASS)
                .map(ObjectiveVerdict::reason)
                .or(() -> run.verdict().isPresent() || standing.where() != Where.WAITING
                        ? Optional.empty()
                        : Optional.of(standing.reason()))
                .filter(reason -> !reason.isEmpty());
    }

    private static String met(Verdict verdict) {
        return Sections.sign(verdict)
                + switch (verdict) {
                    case PASS -> " met";
                    case FAIL -> " breached";
                    case INCONCLUSIVE -> " inconclusive";
                    case WARN -> " warned";
                };
    }

    private static String style(Where where) {
        return switch (where) {
            case OUT -> "fail";
            case IN -> "pass";
            case WAITING -> "inconclusive";
        };
    }

    private static String in(Where where) {
        return switch (where) {
            case OUT -> "✗ out";
            case IN -> "✓ in";
            case WAITING -> "· waiting";
        };
    }
}
