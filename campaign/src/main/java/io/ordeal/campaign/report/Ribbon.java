package io.ordeal.campaign.report;

import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// One cell for each judged window on the time axis of the charts: whether every objective held in it. Neighbours of
/// one kind are drawn as one.
final class Ribbon {
    private static final int HEIGHT = 12;
    private static final int PLOT = SvgChart.WIDTH - SvgChart.LEFT - SvgChart.RIGHT;

    private record Cell(Instant start, Instant end, Verdict verdict) {}

    private Ribbon() {}

    static void draw(Html html, Charts charts, List<VerdictEvent> verdicts) {
        var cells = cells(verdicts);
        long failed = cells.stream()
                .filter(cell -> cell.verdict() == Verdict.FAIL)
                .mapToLong(cell -> 1)
                .sum();
        html.element(
                "svg",
                () -> joined(cells).forEach(cell -> {
                    double from = x(charts, cell.start());
                    html.empty(
                            "rect",
                            "class",
                            switch (cell.verdict()) {
                                case PASS -> "w-pass";
                                case FAIL -> "w-fail";
                                case INCONCLUSIVE -> "w-none";
                                case WARN -> "w-warn";
                            },
                            "x",
                            SvgChart.number(from),
                            "y",
                            tall(cell.verdict()) ? "0" : "4",
                            "width",
                            SvgChart.number(Math.max(0.5, x(charts, cell.end()) - from)),
                            "height",
                            tall(cell.verdict()) ? String.valueOf(HEIGHT) : "8");
                }),
                "class",
                "static ribbon",
                "viewBox",
                "0 0 " + SvgChart.WIDTH + " " + HEIGHT,
                "data-plot",
                SvgChart.LEFT + " 0 " + PLOT + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                "Windows over time: " + failed + " of " + cells.size() + " with an objective out");
    }

    private static List<Cell> cells(List<VerdictEvent> verdicts) {
        var byStart = new TreeMap<Instant, Cell>();
        for (var event : verdicts) {
            if (event.verdict() instanceof WindowVerdict window) {
                byStart.merge(
                        window.start(),
                        new Cell(window.start(), window.start().plus(window.length()), window.verdict()),
                        (a, b) -> worse(a, b));
            }
        }
        return List.copyOf(byStart.values());
    }

    private static boolean tall(Verdict verdict) {
        return verdict == Verdict.FAIL || verdict == Verdict.WARN;
    }

    /// A failed objective outweighs all, one that could not be judged none.
    private static Cell worse(Cell a, Cell b) {
        return rank(a.verdict()) <= rank(b.verdict()) ? a : b;
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> 0;
            case WARN -> 1;
            case PASS -> 2;
            case INCONCLUSIVE -> 3;
        };
    }

    private static List<Cell> joined(List<Cell> cells) {
        var joined = new ArrayList<Cell>();
        for (var cell : cells) {
            if (!joined.isEmpty()
                    && joined.getLast().verdict() == cell.verdict()
                    && Duration.between(joined.getLast().end(), cell.start()).isZero()) {
                joined.set(joined.size() - 1, new Cell(joined.getLast().start(), cell.end(), cell.verdict()));
            } else {
                joined.add(cell);
            }
        }
        return joined;
    }

    private static double x(Charts charts, Instant at) {
        double part = (Charts.seconds(at) - charts.start()) / (charts.end() - charts.start());
        return SvgChart.LEFT + Math.clamp(part, 0, 1) * PLOT;
    }
}
