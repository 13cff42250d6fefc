package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Writes tables of the report and what stands in them.
class TableHtml {
    static final String NONE = "–";
    /// More rows than anyone reads; the files hold all of them.
    private static final int MOST_ROWS = 200;

    final Html html;

    TableHtml(Html html) {
        this.html = html;
    }

    /// @param heads of the columns; `#` marks numbers
    final <T> void table(List<String> heads, List<T> rows, Consumer<T> row) {
        html.element(
                "div",
                () -> html.element("table", () -> {
                    html.element(
                            "thead",
                            () -> html.element(
                                    "tr",
                                    () -> heads.forEach(head -> html.element(
                                            "th",
                                            head.replace("#", ""),
                                            "scope",
                                            "col",
                                            "class",
                                            head.startsWith("#") ? "n" : ""))));
                    html.element("tbody", () -> {
                        rows.stream().limit(MOST_ROWS).forEach(row);
                        if (rows.size() > MOST_ROWS) {
                            html.element(
                                    "tr",
                                    () -> html.element(
                                            "td",
                                            "and " + Figures.count(rows.size() - MOST_ROWS) + " more, in summary.json",
                                            "colspan",
                                            String.valueOf(heads.size())));
                        }
                    });
                }),
                "class",
                "table",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Table");
    }

    final void state(Verdict verdict) {
        html.element(
                "td",
                ReportPage.sign(verdict) + " " + verdict,
                "class",
                "state " + verdict.name().toLowerCase(Locale.ROOT));
    }

    final void number(String text) {
        html.element("td", text, "class", "n");
    }

    final void name(String text) {
        html.element("td", text, "class", "name");
    }

    final void fact(String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    /// Writes a row below another that says more about it, over all columns but the first.
    final void more(String text, int columns) {
        html.element(
                "tr",
                () -> html.empty("td").element("td", text, "class", "why", "colspan", String.valueOf(columns - 1)));
    }
}
