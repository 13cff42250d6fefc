package io.ordeal.aggregator.http;

import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Runs;
import io.ordeal.runtime.http.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The pages: the list of runs, and one run. Both say what they have to say without script.
final class Pages {
    private Pages() {}

    /// Returns the list of runs, those under way first.
    static String runs(Runs runs, Instant now) {
        var html = Html.page();
        var all = runs.all(now);
        return page(
                html,
                "Ordeal: runs",
                List.of(),
                () -> html.element("main", () -> {
                    html.element("header", () -> html.element("h1", "Ordeal").element("span", "runs"), "class", "top");
                    if (all.isEmpty()) {
                        html.element(
                                "p",
                                () -> html.text("No run is known. Start one with ")
                                        .element("code", "ordeal run")
                                        .text("."));
                    } else {
                        html.element("div", () -> table(html, all, now), "class", "table");
                    }
                    footer(html);
                }));
    }

    private static void table(Html html, List<RunView> all, Instant now) {
        html.element(
                "table",
                () -> {
                    html.element(
                            "thead",
                            () -> html.element(
                                    "tr",
                                    () -> List.of("run", "campaign", "state", "began", "took")
                                            .forEach(name -> html.element("th", name, "scope", "col"))));
                    html.element("tbody", () -> all.forEach(run -> row(html, run, now)));
                },
                "class",
                "runs");
    }

    private static void row(Html html, RunView run, Instant now) {
        html.element("tr", () -> {
            html.element("td", () -> html.element("a", run.run(), "href", path(run.run()) + "/live"), "class", "name");
            html.element("td", run.campaign());
            run.verdict()
                    .ifPresentOrElse(
                            verdict -> html.element(
                                    "td",
                                    Sections.sign(verdict.verdict()) + " "
                                            + verdict.verdict().name(),
                                    "class",
                                    "state " + Sections.style(verdict.verdict())),
                            () -> html.element("td", Wording.word(run.state(now)), "class", "state"));
            html.element("td", run.start().map(Wording::day).orElse("–"));
            html.element(
                    "td",
                    run.start()
                                    .flatMap(start ->
                                            run.newest().map(newest -> Wording.clock(Duration.between(start, newest))))
                                    .orElse("–")
                            + " of " + Wording.clock(run.length()));
        });
    }

    /// Returns the page of one run.
    static String run(RunView run, Instant now) {
        var html = Html.page();
        var parts = Sections.of(run, now);
        var title = run.verdict()
                        .map(verdict -> Sections.sign(verdict.verdict()) + " " + verdict.verdict() + " ")
                        .orElse("")
                + run.campaign();
        return page(
                html,
                title,
                List.of("uPlot.iife.min.js", "live.js"),
                () -> html.element(
                        "main",
                        () -> {
                            html.element("nav", () -> html.element("a", "all runs", "href", "/"));
                            slot(html, parts, "header", "head", "top");
                            html.element("p", "", "id", "stale", "class", "stale", "role", "status", "hidden", "");
                            html.element(
                                    "div",
                                    () -> {
                                        slot(html, parts, "div", "force", "forces");
                                        slot(html, parts, "section", "verdict", "");
                                        slot(html, parts, "section", "objectives", "table");
                                        charts(html);
                                        slot(html, parts, "ul", "numbers", "facts numbers");
                                        figure(html, "rates", "Requests per second: asked, answered, in error");
                                        html.element("div", "", "id", "usage", "class", "usage");
                                        slot(html, parts, "ul", "nodes", "facts");
                                        html.element("h2", "Events");
                                        slot(html, parts, "ol", "log", "log");
                                    },
                                    "id",
                                    "data");
                            footer(html);
                        },
                        "id",
                        "run",
                        "data-run",
                        path(run.run()),
                        "data-state",
                        run.state(now).name().toLowerCase(Locale.ROOT)));
    }

    private static void charts(Html html) {
        html.element("noscript", "The charts need script; all that is said stands in words beside them.");
        html.element("button", "back to now", "id", "follow", "class", "follow", "type", "button", "hidden", "");
        figure(
                html,
                "latency",
                "Response time of all requests by window, ms, logarithmic. Hatched: a fault in force. Boxes: faults to"
                        + " come. Dashed: a limit.");
        html.element(
                "canvas",
                "",
                "id",
                "ribbon",
                "class",
                "ribbon",
                "role",
                "img",
                "aria-label",
                "Each judged window: tall where an objective was out, low where all held.");
    }

    private static void figure(Html html, String id, String caption) {
        html.element(
                "figure",
                () -> html.element("figcaption", caption)
                        .element("div", "", "class", "readout")
                        .element("div", "", "class", "plot", "tabindex", "0", "role", "group", "aria-label", caption),
                "id",
                id,
                "class",
                "chart");
    }

    private static void slot(Html html, Map<String, Html> parts, String element, String id, String style) {
        html.element(element, () -> html.part(parts.getOrDefault(id, Html.fragment())), "id", id, "class", style);
    }

    private static void footer(Html html) {
        html.element(
                "footer",
                () -> html.text(
                                "Ordeal. Drag over a chart to zoom, double-click to follow again. Charts by uPlot 1.6.32,"
                                        + " MIT licence, copyright Leon Sorokin. ")
                        .element("a", "The same as data", "href", "/openapi.json"));
    }

    private static String page(Html html, String title, List<String> scripts, Html.Content body) {
        html.element(
                "html",
                () -> html.element("head", () -> {
                            html.empty("meta", "charset", "utf-8");
                            html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
                            html.element("title", title);
                            html.empty("link", "rel", "icon", "href", "data:,");
                            for (var style : List.of("palette.css", "uPlot.min.css", "live.css")) {
                                html.empty("link", "rel", "stylesheet", "href", "/assets/" + style);
                            }
                            scripts.forEach(
                                    script -> html.element("script", "", "src", "/assets/" + script, "defer", ""));
                        })
                        .element("body", body),
                "lang",
                "en");
        return html.toString();
    }

    /// Returns the path of a run, whatever its id is made of.
    static String path(String run) {
        return "/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
