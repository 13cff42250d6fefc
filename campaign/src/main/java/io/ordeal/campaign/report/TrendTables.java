package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Insights;
import io.ordeal.campaign.screen.Readouts;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.StepResult;
import io.ordeal.schemas.results.Trend;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The tables of what grew, where a load in steps broke, what requests measured, and how it stands to an earlier run.
final class TrendTables extends TableHtml {
    private final RunVerdict verdict;

    TrendTables(Html html, RunVerdict verdict) {
        super(html);
        this.verdict = verdict;
    }

    private record Step(BreakingPoint point, StepResult step, boolean held) {}

    void breakingPoints() {
        var steps = verdict.breakingPoints().stream()
                .flatMap(point -> Stream.concat(
                        point.held().stream().map(step -> new Step(point, step, true)),
                        point.broke().stream().map(step -> new Step(point, step, false))))
                .toList();
        if (verdict.breakingPoints().isEmpty()) {
            return;
        }
        html.element("h2", "Breaking point");
        verdict.breakingPoints()
                .forEach(point -> html.element("p", Insights.broke(point).replace("`", "")));
        if (!steps.isEmpty()) {
            table(
                    List.of(
                            "Step",
                            "Phase",
                            "#Level",
                            "#Completed",
                            "#Errors",
                            "#Per second",
                            "#p50",
                            "#p95",
                            "#p99",
                            "Out"),
                    steps,
                    this::step);
        }
    }

    private void step(Step one) {
        var step = one.step();
        html.element("tr", () -> {
            html.element("td", one.held() ? "✓ held" : "✗ broke", "class", "state " + (one.held() ? "pass" : "fail"));
            name(one.point().phase());
            number(Insights.level(step, one.point()));
            number(Figures.count(step.completed()));
            number(Figures.count(step.errors()));
            number(Figures.rate(step.throughput()));
            number(latency(step.response().map(Latency::p50)));
            number(latency(step.response().map(Latency::p95)));
            number(latency(step.response().map(Latency::p99)));
            html.element("td", step.failed().isEmpty() ? NONE : String.join(", ", step.failed()));
        });
    }

    void trends() {
        if (verdict.trends().isEmpty()) {
            return;
        }
        html.element("h2", "Trends over the judged phases");
        table(
                List.of("Direction", "What", "Source", "#Level", "#Per hour", "#95 % interval", "#Points"),
                verdict.trends(),
                this::trend);
    }

    private void trend(Trend trend) {
        html.element("tr", () -> {
            html.element(
                    "td",
                    arrow(trend.direction()) + " " + trend.direction().name().toLowerCase(Locale.ROOT),
                    "class",
                    "tight");
            name(trend.subject());
            name(trend.source().isEmpty() ? "requests" : Insights.source(trend.source()));
            number(Figures.value(trend.level(), Readouts.unit(trend)));
            number(Readouts.growth(trend, trend.perHour()));
            number(Readouts.growth(trend, trend.low()) + " to " + Readouts.growth(trend, trend.high()));
            number(Figures.count(trend.points()));
        });
    }

    private static String arrow(Direction direction) {
        return switch (direction) {
            case RISING -> "↗";
            case FALLING -> "↘";
            case FLAT -> "→";
            case UNCLEAR -> "?";
        };
    }

    private record Measured(RequestSummary request, MeasureSummary measure) {}

    void measures() {
        var rows = verdict.requests().stream()
                .flatMap(request -> request.measures().stream().map(measure -> new Measured(request, measure)))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        html.element("h2", "What requests measured");
        table(
                List.of(
                        "Scenario",
                        "Request",
                        "Measure",
                        "#Count",
                        "#Mean",
                        "#Min",
                        "#p50",
                        "#p90",
                        "#p95",
                        "#p99",
                        "#Max"),
                rows,
                this::measure);
    }

    private void measure(Measured row) {
        var measure = row.measure();
        html.element("tr", () -> {
            name(row.request().scenario());
            name(row.request().request());
            name(measure.name());
            number(Figures.count(measure.count()));
            Stream.of(
                            measure.mean(),
                            measure.min(),
                            measure.p50(),
                            measure.p90(),
                            measure.p95(),
                            measure.p99(),
                            measure.max())
                    .forEach(value -> number(Figures.value(value, Unit.NUMBER)));
        });
    }

    void baseline(BaselineSection baseline) {
        html.element("h2", "Beside run " + baseline.run(), "id", "baseline");
        html.element(
                "p",
                () -> html.element("strong", baseline.verdict())
                        .text(baseline.reasons().isEmpty() ? "" : ": " + String.join("; ", baseline.reasons()) + "."));
        if (!baseline.rows().isEmpty()) {
            table(
                    List.of("Verdict", "What", "Measure", "#Before", "#After", "#Change", "Why"),
                    baseline.rows(),
                    row -> html.element("tr", () -> {
                        html.element("td", row.verdict(), "class", "state " + state(row.verdict()));
                        name(row.what());
                        name(row.measure());
                        number(row.before());
                        number(row.after());
                        number(row.change());
                        html.element("td", row.reason());
                    }));
        }
    }

    private static String state(String verdict) {
        return switch (verdict) {
            case "better" -> "pass";
            case "worse" -> "fail";
            default -> "inconclusive";
        };
    }

    private static String latency(Optional<Long> micros) {
        return micros.map(value -> Figures.micros(value.longValue())).orElse(NONE);
    }
}
