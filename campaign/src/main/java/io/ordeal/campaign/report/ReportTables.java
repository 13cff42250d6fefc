package io.ordeal.campaign.report;

import io.ordeal.campaign.plan.PlanView;
import io.ordeal.campaign.plan.TimedFault;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Findings;
import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.runtime.http.Html;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tables of the report.
final class ReportTables extends TableHtml {
    private final RunResult result;

    ReportTables(Html html, RunResult result) {
        super(html);
        this.result = result;
    }

    void objectives() {
        html.element("h2", "Objectives", "id", "objectives");
        var rows = Findings.objectives(result.verdict());
        table(
                List.of(
                        "Verdict",
                        "Objective",
                        "Scope",
                        "#Limit",
                        "#Observed",
                        "#95 % interval",
                        "#Samples",
                        "#Windows out"),
                rows,
                this::objective);
    }

    private void objective(ObjectiveVerdict objective) {
        var unit = Figures.unit(objective.unit());
        var more = ObjectiveWords.more(objective, result.verdict().startedAt());
        html.element(
                "tr",
                () -> {
                    state(objective.verdict());
                    name(objective.name());
                    html.element("td", objective.scope(), "class", "tight");
                    number(Figures.value(objective.limit(), unit));
                    number(objective
                            .observed()
                            .map(value -> Figures.observed(value, objective.limit(), unit))
                            .orElse(NONE));
                    number(ObjectiveWords.interval(objective).orElse(NONE));
                    number(Figures.count(objective.samples()));
                    number(
                            objective.windows() == 0
                                    ? NONE
                                    : objective.windowsFailed() + " of " + Figures.count(objective.windows()));
                },
                "class",
                more.isEmpty() ? "" : "more");
        if (!more.isEmpty()) {
            more(String.join(" ", more), 8);
        }
    }

    void faults() {
        if (result.verdict().faults().isEmpty()) {
            return;
        }
        html.element("h2", "Faults");
        table(
                List.of(
                        "Verdict",
                        "Fault",
                        "What",
                        "Asked for",
                        "In force (confirmed)",
                        "#p95 before",
                        "#worst",
                        "#after",
                        "#worst errors",
                        "#Bad",
                        "#First out",
                        "#Back in"),
                result.verdict().faults(),
                this::fault);
    }

    private void fault(FaultVerdict fault) {
        var planned = result.plan().faults().stream()
                .filter(one -> one.spec().id().equals(fault.fault()))
                .findFirst();
        var more = ObjectiveWords.more(fault);
        html.element(
                "tr",
                () -> {
                    state(fault.verdict());
                    html.element("td", fault.fault(), "class", "name");
                    html.element(
                            "td",
                            planned.map(PlanView::what).orElse(fault.kind()) + " on " + fault.target(),
                            "class",
                            "what");
                    html.element("td", planned.map(ReportTables::asked).orElse(NONE), "class", "tight");
                    html.element("td", inForce(fault), "class", "tight");
                    number(micros(fault.p95Before()));
                    number(micros(fault.p95Worst()));
                    number(micros(fault.p95After()));
                    number(fault.appliedAt().isPresent() ? Figures.ratio(fault.errorsWorst()) : NONE);
                    number(Figures.count(fault.bad()));
                    number(fault.timeToBreach().map(Figures::span).orElse(fault.confirmed() ? "never" : NONE));
                    number(fault.timeToRecover()
                            .map(Figures::span)
                            .orElse(fault.timeToBreach().isPresent() ? "not back" : NONE));
                },
                "class",
                more.isEmpty() ? "" : "more");
        if (!more.isEmpty()) {
            more(String.join(" ", more), 12);
        }
    }

    private static String asked(TimedFault fault) {
        return Figures.clock(fault.at()) + " for " + Figures.span(fault.spec().duration());
    }

    private String inForce(FaultVerdict fault) {
        if (fault.appliedAt().isEmpty()) {
            return "never";
        }
        var from = fault.appliedAt().get();
        return offset(from) + " to " + fault.revertedAt().map(this::offset).orElse("unknown")
                + fault.revertedAt()
                        .map(to -> ", " + Figures.span(Duration.between(from, to)))
                        .orElse("");
    }

    private String offset(Instant at) {
        double seconds = Duration.between(result.verdict().startedAt(), at).toMillis() / 1e3;
        return String.format(Locale.ROOT, "%d:%06.3f", (long) (seconds / 60), seconds % 60);
    }

    void requests() {
        html.element("h2", "Requests in judged phases");
        table(
                List.of(
                        "Scenario",
                        "Request",
                        "#Count",
                        "#Errors",
                        "#Per second",
                        "#p50",
                        "#p95",
                        "#p99",
                        "#p99.9",
                        "#Max",
                        "#Service p95"),
                result.verdict().requests(),
                this::request);
    }

    private void request(RequestSummary request) {
        long errors = Outcomes.errors(request.counts());
        html.element("tr", () -> {
            html.element("td", request.scenario(), "class", "name");
            html.element("td", result.marked(request.scenario(), request.request()), "class", "name");
            number(Figures.count(Outcomes.total(request.counts())));
            number(
                    errors == 0
                            ? "0"
                            : Figures.count(errors) + " (" + Figures.ratio(Outcomes.ratio(request.counts())) + ")");
            number(Figures.rate(request.throughput()));
            number(micros(request.response().map(Latency::p50)));
            number(micros(request.response().map(Latency::p95)));
            number(micros(request.response().map(Latency::p99)));
            number(micros(request.response().map(Latency::p999)));
            number(micros(request.response().map(Latency::max)));
            number(micros(request.service().map(Latency::p95)));
        });
    }

    void phases() {
        html.element("h2", "Phases");
        table(
                List.of("Phase", "Judged", "From", "#Lasted", "#Completed", "#Errors", "#p50", "#p95", "#p99"),
                result.verdict().phases(),
                this::phase);
    }

    private void phase(PhaseSummary phase) {
        html.element("tr", () -> {
            html.element("td", phase.phase(), "class", "name");
            html.element("td", phase.judged() ? "yes" : "no");
            html.element("td", offset(phase.startedAt()));
            number(Figures.span(Duration.between(phase.startedAt(), phase.endedAt())));
            number(Figures.count(phase.completed()));
            number(Figures.count(phase.errors()));
            number(micros(phase.response().map(Latency::p50)));
            number(micros(phase.response().map(Latency::p95)));
            number(micros(phase.response().map(Latency::p99)));
        });
    }

    void ledger() {
        html.element("h2", "Ledger and generators");
        var ledger = result.verdict().ledger();
        var generator = result.verdict().generator();
        html.element("dl", () -> {
            fact("ledger", ledger.closed() ? "closed: nothing is missing, nothing is counted twice" : "open");
            fact(
                    "due",
                    Figures.count(ledger.scheduled()) + " = sent " + Figures.count(ledger.sent()) + " + dropped "
                            + Figures.count(ledger.dropped()));
            fact(
                    "completed",
                    Figures.count(ledger.completed()) + ", published " + Figures.count(ledger.published())
                            + ", counted " + Figures.count(ledger.aggregated()));
            fact(
                    "lost",
                    Figures.count(ledger.lost()) + ", counted twice " + Figures.count(ledger.duplicates())
                            + ", after their window "
                            + Figures.count(result.verdict().lateEvents()));
            fact("generators", String.valueOf(generator.instances()));
            fact(
                    "start delay",
                    "p50 " + Figures.micros(generator.startDelayP50()) + ", p99 "
                            + Figures.micros(generator.startDelayP99()) + ", max "
                            + Figures.micros(generator.startDelayMax()));
            fact(
                    "event-loop lag",
                    "p99 " + Figures.micros(generator.eventLoopLagP99()) + ", max "
                            + Figures.micros(generator.eventLoopLagMax()));
            fact(
                    "saturated",
                    Figures.count(generator.saturatedWindows()) + " of "
                            + Figures.count(result.verdict().windows()) + " windows");
        });
    }

    private static String micros(Optional<Long> micros) {
        return micros.map(value -> Figures.micros(value.longValue())).orElse(NONE);
    }
}
