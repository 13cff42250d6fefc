package io.ordeal.campaign.screen;

import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The last screen of a run: the verdict first, what it rests on last.
public final class Summary {
    private final RunVerdict verdict;
    private final Glyphs glyphs;
    private final Ink ink;
    private final int width;

    private Summary(RunVerdict verdict, Terminal terminal) {
        this.verdict = verdict;
        this.glyphs = terminal.glyphs();
        this.ink = terminal.ink();
        this.width = Math.max(terminal.width(), 72);
    }

    /// Returns the lines.
    ///
    /// @param closing lines below it, each a word and what belongs to it, for instance `report` and a path
    public static List<String> lines(RunVerdict verdict, List<Closing> closing, Terminal terminal) {
        return new Summary(verdict, terminal).lines(closing);
    }

    /// A line at the end: where the report is, how to repeat the run.
    public record Closing(String word, String text) {}

    private List<String> lines(List<Closing> closing) {
        var lines = new ArrayList<String>();
        lines.add(headline());
        lines.add("");
        Findings.sentences(verdict).forEach(sentence -> lines.addAll(wrapped(sentence)));
        if (!verdict.objectives().isEmpty()) {
            lines.add("");
            lines.addAll(objectives());
        }
        if (!verdict.faults().isEmpty()) {
            lines.add("");
            lines.addAll(faults());
        }
        if (!verdict.requests().isEmpty()) {
            lines.add("");
            lines.addAll(requests());
        }
        var insights = Insights.of(verdict);
        if (!insights.isEmpty()) {
            lines.add("");
            insights.forEach(sentence -> lines.addAll(wrapped(sentence)));
        }
        lines.add("");
        lines.addAll(evidence());
        if (!closing.isEmpty()) {
            lines.add("");
            closing.forEach(line -> lines.add("  " + Columns.left(line.word(), 10) + Columns.clean(line.text())));
        }
        return lines;
    }

    private String headline() {
        var count = Findings.count(verdict);
        var word = verdict.verdict().name();
        var name = Columns.left("  " + verdict.campaign(), Math.max(3, width - word.length() - 2 - count.length()));
        return paint(verdict.verdict(), mark(verdict.verdict()) + " " + word) + ink.bold(name) + count;
    }

    private String mark(Verdict of) {
        return switch (of) {
            case PASS -> glyphs.pass();
            case FAIL -> glyphs.fail();
            case INCONCLUSIVE -> glyphs.unknown();
            case WARN -> "!";
        };
    }

    private String paint(Verdict of, String text) {
        return switch (of) {
            case PASS -> ink.good(text);
            case FAIL -> ink.bad(text);
            case INCONCLUSIVE, WARN -> ink.doubtful(text);
        };
    }

    private List<String> objectives() {
        int name = width - 48;
        var lines = new ArrayList<String>();
        lines.add(ink.dim("  " + Columns.left("OBJECTIVE", name) + Columns.right("LIMIT", 10)
                + Columns.right("OBSERVED", 11) + Columns.right("REQUESTS", 12) + Columns.right("WINDOWS OUT", 13)));
        Findings.objectives(verdict).forEach(objective -> {
            lines.add(objective(objective, name));
            if (objective.verdict() != Verdict.PASS && !objective.reason().isBlank()) {
                lines.add(Columns.cut("      " + objective.reason(), width));
            }
            objective
                    .budget()
                    .ifPresent(budget -> lines.add(Columns.cut(
                            "      budget: " + Figures.ratio(budget.spent()) + " spent, " + Figures.count(budget.bad())
                                    + " bad of " + Figures.count(budget.total()),
                            width)));
        });
        return lines;
    }

    private String objective(ObjectiveVerdict objective, int name) {
        var unit = Figures.unit(objective.unit());
        var observed = objective
                .observed()
                .map(value -> Figures.observed(value, objective.limit(), unit))
                .orElse(glyphs.none());
        var windows = objective.windows() == 0
                ? glyphs.none()
                : objective.windowsFailed() + " of " + Figures.count(objective.windows());
        return "  " + paint(objective.verdict(), mark(objective.verdict())) + " "
                + Columns.left(objective.name(), name - 2)
                + Columns.right(Figures.value(objective.limit(), unit), 10)
                + Columns.right(observed, 11)
                + Columns.right(Figures.count(objective.samples()), 12)
                + Columns.right(windows, 13);
    }

    private List<String> faults() {
        int name = width - 48;
        var lines = new ArrayList<String>();
        lines.add(ink.dim("  " + Columns.left("FAULT", name) + Columns.right("IN FORCE", 12)
                + Columns.right("p95 BEFORE", 12) + Columns.right("WORST", 10) + Columns.right("BACK IN", 12)));
        verdict.faults().forEach(fault -> lines.add(fault(fault, name)));
        return lines;
    }

    private String fault(FaultVerdict fault, int name) {
        var length = fault.appliedAt()
                .flatMap(from -> fault.revertedAt().map(to -> Figures.span(Duration.between(from, to))))
                .orElse("not confirmed");
        var back = fault.timeToBreach().isEmpty() && fault.confirmed()
                ? "never out"
                : fault.timeToRecover().map(Figures::span).orElse(fault.confirmed() ? "not back" : glyphs.none());
        return "  " + paint(fault.verdict(), mark(fault.verdict())) + " "
                + Columns.left(fault.fault() + " " + fault.kind() + " " + fault.target(), name - 2)
                + Columns.right(fault.confirmed() ? length : "unconfirmed", 12)
                + Columns.right(latency(fault.p95Before()), 12)
                + Columns.right(latency(fault.p95Worst()), 10)
                + Columns.right(back, 12);
    }

    private String latency(Optional<Long> micros) {
        return micros.map(value -> Figures.micros(value.longValue())).orElse(glyphs.none());
    }

    private List<String> requests() {
        int name = width - 58;
        var lines = new ArrayList<String>();
        lines.add(ink.dim("  " + Columns.left("REQUEST", name) + Columns.right("COUNT", 11)
                + Columns.right("ERRORS", 9) + Columns.right("p50", 9) + Columns.right("p95", 9)
                + Columns.right("p99", 9) + Columns.right("MAX", 9)));
        verdict.requests().forEach(request -> lines.add(request(request, name)));
        return lines;
    }

    private String request(RequestSummary request, int name) {
        long count = Outcomes.total(request.counts());
        var latency = request.response();
        return "  " + Columns.left(request.scenario() + "/" + request.request(), name)
                + Columns.right(Figures.count(count), 11)
                + Columns.right(Figures.ratio(Outcomes.ratio(request.counts())), 9)
                + Columns.right(latency(latency.map(Latency::p50)), 9)
                + Columns.right(latency(latency.map(Latency::p95)), 9)
                + Columns.right(latency(latency.map(Latency::p99)), 9)
                + Columns.right(latency(latency.map(Latency::max)), 9);
    }

    private List<String> evidence() {
        var ledger = verdict.ledger();
        var items = Evidence.of(verdict);
        var lines = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var sign = switch (item.standing()) {
                case GOOD -> ink.good(glyphs.pass());
                case BAD -> ink.bad(glyphs.fail());
                case UNKNOWN -> ink.doubtful(glyphs.unknown());
            };
            lines.add("  " + Columns.left(i == 0 ? "EVIDENCE" : "", 10) + sign + " "
                    + Columns.cut(item.what() + " " + item.value(), width - 14));
        }
        if (ledger.dropped() > 0 || ledger.lost() > 0 || ledger.duplicates() > 0) {
            lines.add("            dropped " + Figures.count(ledger.dropped()) + ", lost "
                    + Figures.count(ledger.lost()) + ", duplicates " + Figures.count(ledger.duplicates()));
        }
        return lines;
    }

    private List<String> wrapped(String sentence) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder("  ");
        for (var word : Columns.clean(sentence).split(" ", -1)) {
            if (line.length() + word.length() > width - 2 && line.length() > 2) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder("  ");
            }
            line.append(Columns.cut(word, width - 3)).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
