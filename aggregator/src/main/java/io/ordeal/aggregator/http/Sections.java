package io.ordeal.aggregator.http;

import io.ordeal.aggregator.judge.Words;
import io.ordeal.aggregator.query.Faults;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Traffic.Column;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// The parts of the live page that carry what is said: written here and nowhere else, so that the page says the same
/// without script, at first sight and with every event.
final class Sections {
    private static final int EVENTS = 40;
    private static final int REASONS = 4;

    private final RunView run;
    private final Instant now;
    private final RunView.State state;

    private Sections(RunView run, Instant now) {
        this.run = run;
        this.now = now;
        this.state = run.state(now);
    }

    /// Returns the parts by the id of the element that each belongs in.
    static Map<String, Html> of(RunView run, Instant now) {
        var sections = new Sections(run, now);
        var parts = new LinkedHashMap<String, Html>();
        parts.put("head", part(sections::head));
        parts.put("force", part(sections::inForce));
        parts.put("verdict", part(sections::verdict));
        parts.put("objectives", part(new ObjectivesTable(run)::write));
        parts.put("numbers", part(sections::numbers));
        parts.put("nodes", part(sections::nodes));
        parts.put("log", part(sections::log));
        return parts;
    }

    private static Html part(Consumer<Html> write) {
        var html = Html.fragment();
        write.accept(html);
        return html;
    }

    private void head(Html html) {
        html.element("h1", run.campaign());
        html.element("span", "run " + run.run());
        html.element("span", stage(), "class", "stage");
        run.start().ifPresent(start -> {
            html.element("span", Wording.day(start));
            var end = run.newest().orElse(start);
            html.element(
                    "span",
                    Wording.clock(Duration.between(start, end)) + " / " + Wording.clock(run.length()),
                    "class",
                    "clock",
                    "title",
                    "the newest window of the load");
        });
    }

    private String stage() {
        return switch (state) {
            case PREPARING -> "getting ready";
            case RUNNING ->
                run.phase()
                        .map(index ->
                                "phase " + (index + 1) + " of " + run.phases().size() + " "
                                        + run.phases().get(index).name()
                                        + (run.phases().get(index).judged() ? "" : " (not judged)"))
                        .orElse("running");
            case JUDGING -> "the load is over, the last windows close";
            case FINISHED -> "finished";
            case SILENT -> "silent since " + Wording.time(run.heard()) + ", no verdict";
        };
    }

    private void inForce(Html html) {
        for (var fault : run.faults().all()) {
            if (run.verdict().isPresent()) {
                return;
            }
            switch (fault.state()) {
                case IN_FORCE ->
                    html.element(
                            "p",
                            () -> html.element("b", "FAULT IN FORCE ")
                                    .element("span", what(fault))
                                    .element("i", since(fault)),
                            "class",
                            "force");
                case ASKED -> html.element("p", what(fault) + ": asked for, not yet confirmed", "class", "force asked");
                case FAILED -> html.element("p", what(fault) + " failed: " + fault.note(), "class", "force failed");
                case PLANNED, REVERTED -> {
                    // nothing acts
                }
            }
        }
    }

    private static String what(Faults.Fault fault) {
        return fault.id() + " " + fault.kind() + " " + fault.target();
    }

    private String since(Faults.Fault fault) {
        var acting = Duration.between(fault.applied().orElse(now), now);
        return Wording.seconds(acting)
                + fault.duration()
                        .map(duration -> duration.minus(acting))
                        .map(left ->
                                left.isPositive() ? ", reverts itself in " + Wording.seconds(left) : ", being reverted")
                        .orElse("");
    }

    private void verdict(Html html) {
        run.verdict().ifPresent(verdict -> {
            var word = verdict.verdict().name();
            html.element(
                    "div",
                    () -> {
                        html.element(
                                "span",
                                sign(verdict.verdict()) + " " + word,
                                "class",
                                "chip " + style(verdict.verdict()));
                        html.element("div", () -> sentences(html, verdict));
                    },
                    "class",
                    "verdict " + style(verdict.verdict()));
        });
    }

    private static void sentences(Html html, RunVerdict verdict) {
        var objectives = verdict.objectives();
        long breached = count(verdict, Verdict.FAIL);
        long unclear = count(verdict, Verdict.INCONCLUSIVE);
        html.element(
                "p",
                () -> html.element(
                        "strong",
                        (objectives.size() - breached - unclear) + " of " + Words.count(objectives.size(), "objective")
                                + " met, " + breached + " breached, " + unclear + " inconclusive."));
        verdict.reasons().stream().limit(REASONS).forEach(reason -> html.element("p", () -> words(html, reason)));
        if (verdict.reasons().size() > REASONS) {
            html.element("p", "and " + (verdict.reasons().size() - REASONS) + " more reasons");
        }
        var ledger = verdict.ledger();
        html.element(
                "p",
                "Of " + Words.count(ledger.scheduled(), "request") + " due " + Words.count(ledger.sent())
                        + " were sent, " + Words.count(ledger.completed()) + " ended, "
                        + Words.count(ledger.aggregated()) + " were counted"
                        + (ledger.closed() ? "." : ": the ledger is open."),
                "class",
                "soft");
    }

    /// Writes a sentence; what stands between backticks in it is set apart.
    private static void words(Html html, String sentence) {
        var parts = sentence.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1 && i < parts.length - 1) {
                html.element("code", parts[i]);
            } else {
                html.text(parts[i]);
            }
        }
    }

    private static long count(RunVerdict run, Verdict verdict) {
        return run.objectives().stream()
                .filter(objective -> objective.verdict() == verdict)
                .count();
    }

    private void numbers(Html html) {
        var traffic = run.traffic();
        var all = traffic.all();
        if (all.rows() == 0) {
            html.element("li", "no window has closed yet");
            return;
        }
        int row = all.rows() - 1;
        double seconds = all.step() / 1e6;
        double ended = all.value(Column.ENDED.ordinal(), row);
        double errors = all.value(Column.ERRORS.ordinal(), row);
        var sums = traffic.sums();
        number(html, "asked", Wording.rate(all.value(Column.SCHEDULED.ordinal(), row) / seconds), false);
        number(html, "sent", Wording.rate(all.value(Column.SENT.ordinal(), row) / seconds), false);
        number(html, "answered", Wording.rate((ended - errors) / seconds), false);
        number(html, "errors", ended == 0 ? "–" : Wording.percent(errors / ended), errors > 0);
        number(html, "in flight", Words.count(run.verdict().isPresent() ? 0 : sums.inFlight()), false);
        number(
                html,
                "dropped",
                Words.count(sums.ledger().dropped()),
                sums.ledger().dropped() > 0);
        number(html, "late", Words.count(sums.late()), sums.late() > 0);
        number(
                html,
                "errors so far",
                Words.count(sums.errors()) + " of " + Words.count(sums.ledger().completed()),
                false);
    }

    private static void number(Html html, String name, String value, boolean bad) {
        html.element("li", () -> html.text(name + " ").element("b", value, "class", bad ? "bad" : "good"));
    }

    private void nodes(Html html) {
        if (run.nodes().isEmpty()) {
            html.element("li", "no generator is known yet");
        }
        for (var node : run.nodes()) {
            html.element("li", () -> {
                html.text((node.generator() ? "generator " : "injector ") + node.name() + " ");
                html.element("b", node.generator() ? Words.count(node.segments().size(), "segment") : "✓");
            });
        }
        run.saturated().forEach(reason -> html.element("li", "saturated: " + reason, "class", "bad"));
        if (state == RunView.State.RUNNING) {
            run.newest()
                    .ifPresent(newest -> html.element(
                            "li",
                            "windows close " + Wording.seconds(Duration.between(newest, now)) + " after their end"));
        }
    }

    private void log(Html html) {
        for (var entry : run.log().newest(EVENTS)) {
            html.element(
                    "li",
                    () -> html.element(
                                    "time",
                                    Wording.time(entry.at()),
                                    "datetime",
                                    entry.at().toString())
                            .element("b", entry.kind())
                            .element("span", entry.text()),
                    "class",
                    "e-" + entry.kind());
        }
    }

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case INCONCLUSIVE -> "?";
            case WARN -> "!";
        };
    }

    static String style(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
