package io.ordeal.campaign.report;

import io.ordeal.campaign.plan.LoadWords;
import io.ordeal.campaign.screen.Evidence;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Findings;
import io.ordeal.campaign.screen.Insights;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowVerdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Writes `report.html`: one file, complete without script, network or colours. The verdict stands first, what it
/// rests on second.
final class ReportPage {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final RunResult result;
    private final Html html = Html.page();
    private final List<Moment> moments;
    private final Charts charts;

    private ReportPage(RunResult result) {
        this.result = result;
        this.moments = Moment.of(result.windows());
        this.charts = Charts.of(result, moments);
    }

    /// Returns the page.
    static String text(RunResult result) {
        return new ReportPage(result).page();
    }

    private String page() {
        html.element("html", () -> html.element("head", this::head).element("body", this::body), "lang", "en");
        return html.toString();
    }

    private void head() {
        var verdict = result.verdict();
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", Assets.policy());
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", sign(verdict.verdict()) + " " + verdict.verdict() + " " + verdict.campaign());
        html.own("style", Assets.PLOT_STYLE);
        html.own("style", Assets.OWN_STYLE);
    }

    private void body() {
        html.element("a", "To the objectives", "class", "skip", "href", "#objectives");
        html.element("main", () -> {
            top();
            verdict();
            evidence();
            insights();
            if (!moments.isEmpty()) {
                figure(charts.charts().getFirst(), true);
                charts.charts().stream().skip(2).forEach(chart -> figure(chart, false));
            }
            var tables = new ReportTables(html, result);
            var trends = new TrendTables(html, result.verdict());
            tables.objectives();
            result.baseline().ifPresent(trends::baseline);
            tables.faults();
            trends.breakingPoints();
            if (!moments.isEmpty()) {
                html.element("h2", "Load and errors");
                figure(charts.charts().get(1), false);
            }
            tables.requests();
            trends.measures();
            trends.trends();
            tables.phases();
            tables.ledger();
            document();
            html.element(
                    "footer",
                    "Ordeal. Charts by uPlot 1.6.32, MIT licence, copyright Leon Sorokin. Drag over a chart to zoom,"
                            + " double-click to see all of it; with the keyboard: arrows, Enter on a fault, Escape.");
        });
        html.own("script", ChartData.packed(charts), "type", "application/json", "id", "data");
        html.own("script", Assets.PLOT_SCRIPT);
        html.own("script", Assets.OWN_SCRIPT);
    }

    private void top() {
        var verdict = result.verdict();
        var campaign = result.plan().campaign();
        html.element(
                "header",
                () -> html.element("h1", verdict.campaign())
                        .element("span", "run " + result.run())
                        .element("span", START.format(verdict.startedAt()))
                        .element("span", Figures.span(Duration.between(verdict.startedAt(), verdict.endedAt())))
                        .element("span", "target " + campaign.target().text())
                        .element("span", "plan " + result.plan().hash().substring(0, 7)),
                "class",
                "top");
        if (!campaign.description().isEmpty()) {
            html.element("p", campaign.description(), "class", "about");
        }
    }

    private void verdict() {
        var verdict = result.verdict();
        var word = verdict.verdict().name();
        html.element(
                "section",
                () -> {
                    html.element(
                            "span",
                            sign(verdict.verdict()) + " " + word,
                            "class",
                            "chip " + word.toLowerCase(Locale.ROOT));
                    html.element("div", () -> {
                        html.element("p", () -> html.element("strong", Findings.count(verdict) + "."));
                        Findings.sentences(verdict).forEach(sentence -> html.element("p", () -> words(sentence)));
                        result.breakingPoint()
                                .ifPresent(
                                        point -> html.element("p", () -> words("Steps ended: " + point.text() + ".")));
                    });
                },
                "class",
                "verdict " + word.toLowerCase(Locale.ROOT),
                "aria-label",
                "Verdict");
    }

    /// Writes a sentence; what stands between backticks in it is set apart.
    private void words(String sentence) {
        var parts = sentence.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1 && i < parts.length - 1) {
                html.element("code", parts[i]);
            } else {
                html.text(parts[i]);
            }
        }
    }

    private void evidence() {
        html.element(
                "ul",
                () -> Evidence.of(result.verdict())
                        .forEach(point -> html.element(
                                "li",
                                () -> html.element("span", sign(point.standing()) + " ", "class", "sign")
                                        .text(point.what() + " ")
                                        .element("b", point.value()),
                                "class",
                                point.standing().name().toLowerCase(Locale.ROOT))),
                "class",
                "trust",
                "aria-label",
                "Can this run be trusted");
    }

    private void insights() {
        var sentences = Insights.of(result.verdict());
        if (!sentences.isEmpty()) {
            html.element(
                    "ul",
                    () -> sentences.forEach(sentence -> html.element("li", () -> words(sentence))),
                    "class",
                    "seen",
                    "aria-label",
                    "What else was seen");
        }
    }

    private void figure(Charts.Chart chart, boolean ribbon) {
        html.element(
                "figure",
                () -> {
                    html.element("figcaption", chart.caption());
                    legend(chart);
                    html.element("div", "", "class", "readout");
                    html.element(
                            "div",
                            "",
                            "class",
                            "live",
                            "tabindex",
                            "0",
                            "role",
                            "group",
                            "aria-label",
                            chart.caption() + " Arrow keys move the cursor.");
                    html.element("div", () -> SvgChart.draw(html, charts, chart), "class", "frame");
                    if (ribbon
                            && result.verdicts().stream().anyMatch(event -> event.verdict() instanceof WindowVerdict)) {
                        html.element("div", () -> Ribbon.draw(html, charts, result.verdicts()), "class", "frame");
                        html.element(
                                "figcaption",
                                "Below the chart, each judged window: tall where an objective was out, low where all"
                                        + " held.");
                    }
                    html.element("div", "", "class", "sr", "aria-live", "polite");
                },
                "id",
                chart.id());
    }

    private void legend(Charts.Chart chart) {
        html.element(
                "ul",
                () -> chart.series()
                        .forEach(series -> html.element("li", () -> {
                            html.element(
                                    "svg",
                                    () -> html.empty("path", "class", "series " + series.style(), "d", "M0 4H26"),
                                    "viewBox",
                                    "0 0 26 8",
                                    "aria-hidden",
                                    "true");
                            html.text(series.label());
                        })),
                "class",
                "legend");
    }

    private void document() {
        html.element("h2", "Campaign");
        html.element("details", () -> {
            html.element("summary", "The document");
            html.element("pre", result.document());
        });
        html.element("dl", () -> {
            fact("seed", String.valueOf(result.plan().campaign().settings().seed()));
            fact("plan", result.plan().hash());
            fact("time scale", String.valueOf(result.plan().timeScale()));
            for (int i = 0; i < result.plan().phases().size(); i++) {
                var phase = result.plan().phases().get(i);
                fact(
                        "phase " + phase.name(),
                        LoadWords.of(
                                        result.plan().campaign().phases().get(i),
                                        result.plan().load().get(i)) + " for " + Figures.span(phase.duration())
                                + (phase.judged() ? "" : ", not judged"));
            }
            loads();
            result.environment().forEach(this::fact);
        });
    }

    /// The loads that scenarios have for themselves.
    private void loads() {
        for (int i = 0; i < result.plan().scenarios().size(); i++) {
            var planned = result.plan().scenarios().get(i);
            if (!planned.load().isEmpty()) {
                fact(
                        "beside " + planned.name(),
                        "from " + Figures.clock(planned.start()) + ": "
                                + LoadWords.of(
                                        result.plan()
                                                .campaign()
                                                .scenarios()
                                                .get(i)
                                                .load(),
                                        planned.load()));
            }
        }
    }

    private void fact(String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case INCONCLUSIVE -> "?";
            case WARN -> "!";
        };
    }

    private static String sign(Evidence.Standing standing) {
        return switch (standing) {
            case GOOD -> "✓";
            case BAD -> "✗";
            case UNKNOWN -> "?";
        };
    }
}
