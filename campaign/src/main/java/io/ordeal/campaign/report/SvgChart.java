package io.ordeal.campaign.report;

import io.ordeal.runtime.http.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws a chart as static SVG, for pages without script and for paper.
final class SvgChart {
    static final int WIDTH = 1140;
    static final int LEFT = 72;
    static final int RIGHT = 20;
    private static final int TOP = 8;
    private static final int BOTTOM = 26;
    private static final int PLOT = WIDTH - LEFT - RIGHT;
    private static final int LABEL_STEP = 14;

    private final Html html;
    private final Charts charts;
    private final Charts.Chart chart;
    private final double low;
    private final double high;
    private final int height;

    private SvgChart(Html html, Charts charts, Charts.Chart chart) {
        this.html = html;
        this.charts = charts;
        this.chart = chart;
        this.height = chart.height();
        double greatest = Charts.greatest(chart).filter(value -> value > 0).orElse(1.0);
        double least = chart.series().stream()
                .flatMap(series -> series.values().stream())
                .filter(value -> Double.isFinite(value) && value > 0)
                .min(Double::compare)
                .orElse(greatest / 10);
        this.high = greatest * (chart.log() ? 1.9 : 1.15);
        this.low = chart.log() ? Math.min(least * 0.55, high / 10) : 0;
    }

    /// Returns the name of the colour of a series.
    static String colour(String style) {
        return switch (style) {
            case "asked" -> "mut";
            case "ended" -> "p95";
            case "errors" -> "fail";
            default -> style;
        };
    }

    static void draw(Html html, Charts charts, Charts.Chart chart) {
        new SvgChart(html, charts, chart).draw();
    }

    private void draw() {
        html.element(
                "svg",
                () -> {
                    html.element("title", chart.caption());
                    pattern();
                    bands();
                    grid();
                    phases();
                    limits();
                    chart.series().forEach(this::series);
                },
                "class",
                "static",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                chart.caption());
    }

    private void pattern() {
        html.element(
                "defs",
                () -> html.element(
                        "pattern",
                        () -> html.empty("path", "d", "M0 8L8 0M-2 2L2 -2M6 10L10 6", "class", "hatch"),
                        "id",
                        "hatch-" + chart.id(),
                        "width",
                        "8",
                        "height",
                        "8",
                        "patternUnits",
                        "userSpaceOnUse"));
    }

    private void bands() {
        for (int i = 0; i < charts.faults().size(); i++) {
            var fault = charts.faults().get(i);
            double from = x(fault.from());
            html.empty(
                    "rect",
                    "class",
                    "band",
                    "fill",
                    "url(#hatch-" + chart.id() + ")",
                    "x",
                    number(from),
                    "y",
                    number(TOP),
                    "width",
                    number(Math.max(1, x(fault.to()) - from)),
                    "height",
                    number(height - TOP - BOTTOM));
            label(fault.name(), from + 4, TOP + 12 + LABEL_STEP * (i % 2), "strong", "start");
        }
    }

    private void grid() {
        for (double value : ticks()) {
            line("grid", LEFT, y(value), WIDTH - RIGHT, y(value));
            label(tick(value) + chart.unit(), LEFT - 6, y(value) + 4, "", "end");
        }
        double span = charts.end() - charts.start();
        double step = step(span);
        for (double at = 0; at <= span + 1e-6; at += step) {
            double x = x(charts.start() + at);
            line("axis", x, height - BOTTOM, x, height - BOTTOM + 4);
            label(charts.clock(charts.start() + at), x, height - BOTTOM + 18, "", "middle");
        }
        line("axis", LEFT, height - BOTTOM, WIDTH - RIGHT, height - BOTTOM);
    }

    private static double step(double span) {
        for (double step : new double[] {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200}) {
            if (span / step <= 14) {
                return step;
            }
        }
        return Math.ceil(span / 14 / 3600) * 3600;
    }

    private List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        if (chart.log()) {
            boolean wide = Math.log10(high / low) > 3;
            for (int exponent = -3; exponent < 8; exponent++) {
                for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                    ticks.add(factor * Math.pow(10, exponent));
                }
            }
            ticks.removeIf(tick -> tick < low || tick > high);
        } else {
            double rough = high / 4;
            double unit = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = rough / unit < 2 ? unit : rough / unit < 5 ? 2 * unit : 5 * unit;
            for (double value = 0; value <= high; value += step) {
                ticks.add(value);
            }
        }
        return ticks;
    }

    private static String tick(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value).replaceFirst("0+$", "");
    }

    private void phases() {
        for (var phase : charts.phases()) {
            double from = x(phase.from());
            line("axis", from, height - BOTTOM - 8, from, height - BOTTOM);
            if (x(phase.to()) - from > 7.0 * phase.name().length()) {
                label(phase.name(), from + 5, height - BOTTOM - 4, "", "start");
            }
        }
    }

    private void limits() {
        for (var limit : chart.limits()) {
            line("limit", LEFT, y(limit.value()), WIDTH - RIGHT, y(limit.value()));
            label(limit.label(), WIDTH - RIGHT - 4, y(limit.value()) - 4, "limit-label", "end");
        }
    }

    /// Draws a series with at most one point per pixel, the greatest, so that no peak is lost.
    private void series(Charts.Series series) {
        var path = new StringBuilder();
        boolean pen = false;
        int points = series.values().size();
        int bucket = Math.max(1, (int) Math.ceil((double) points / PLOT));
        for (int i = 0; i < points; i += bucket) {
            double value = series.values().subList(i, Math.min(points, i + bucket)).stream()
                    .filter(Double::isFinite)
                    .max(Double::compare)
                    .orElse(Double.NaN);
            if (Double.isNaN(value)) {
                pen = false;
                continue;
            }
            path.append(pen ? 'L' : 'M')
                    .append(number(x(charts.times().get(i))))
                    .append(' ')
                    .append(number(y(value)));
            pen = true;
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", "series " + series.style(), "d", path.toString());
        }
    }

    private double x(double at) {
        double part = (at - charts.start()) / (charts.end() - charts.start());
        return LEFT + Math.clamp(part, 0, 1) * PLOT;
    }

    private double y(double value) {
        double part = chart.log()
                ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return height - BOTTOM - Math.clamp(part, 0, 1) * (height - TOP - BOTTOM);
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    private void label(String text, double x, double y, String style, String anchor) {
        html.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor, "class", style);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
