package io.ordeal.campaign.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.StepResult;
import io.ordeal.schemas.results.Trend;
import java.util.Optional;

/// Adds to `summary.json` what a verdict rests on in detail.
final class SummaryDetails {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SummaryDetails() {}

    static void add(ObjectNode root, RunResult result) {
        var verdict = result.verdict();
        verdict.warnings().forEach(root.putArray("warnings")::add);
        var trends = root.putArray("trends");
        verdict.trends().forEach(trend -> trends.add(trend(trend)));
        var points = root.putArray("breakingPoints");
        verdict.breakingPoints().forEach(point -> points.add(breakingPoint(point)));
        verdict.firstBreach()
                .ifPresentOrElse(breach -> root.set("firstBreach", breach(breach)), () -> root.putNull("firstBreach"));
        root.put("lateEvents", verdict.lateEvents()).put("refused", verdict.refused());
        var plan = root.putObject("plan").put("hash", result.plan().hash());
        var facts = plan.putArray("facts");
        PlanFacts.of(result.plan())
                .forEach((what, is) -> facts.addObject().put("what", what).put("is", is));
    }

    static void add(ObjectNode node, ObjectiveVerdict objective) {
        node.put("unit", objective.unit());
        number(node, "low", objective.low());
        number(node, "high", objective.high());
        node.put("samples", objective.samples())
                .put("windows", objective.windows())
                .put("windowsFailed", objective.windowsFailed())
                .put("reason", objective.reason());
        objective.budget().ifPresentOrElse(budget -> node.set("budget", budget(budget)), () -> node.putNull("budget"));
        var worst = node.putArray("worst");
        objective
                .worst()
                .forEach(window -> worst.addObject()
                        .put("start", window.start().toString())
                        .put("observed", window.observed()));
    }

    static void add(ObjectNode node, FaultVerdict fault) {
        node.put("reason", fault.reason());
        fault.breached().forEach(node.putArray("breached")::add);
        node.put("bad", fault.bad());
        SummaryJson.seconds(node, "timeToTrip", fault.timeToTrip());
        SummaryJson.seconds(node, "queueDrain", fault.queueDrain());
        var budgets = node.putArray("budgets");
        fault.budgets()
                .forEach(share ->
                        budgets.addObject().put("objective", share.objective()).put("spent", share.spent()));
    }

    static ArrayNode measures(RequestSummary request) {
        var measures = NODES.arrayNode();
        request.measures()
                .forEach(measure -> measures.addObject()
                        .put("name", measure.name())
                        .put("count", measure.count())
                        .put("mean", measure.mean())
                        .put("min", measure.min())
                        .put("max", measure.max())
                        .put("p50", measure.p50())
                        .put("p90", measure.p90())
                        .put("p95", measure.p95())
                        .put("p99", measure.p99()));
        return measures;
    }

    private static ObjectNode budget(BudgetVerdict budget) {
        var node = NODES.objectNode()
                .put("allowed", budget.allowed())
                .put("total", budget.total())
                .put("bad", budget.bad())
                .put("spent", budget.spent());
        var alerts = node.putArray("alerts");
        budget.alerts()
                .forEach(alert -> alerts.addObject()
                        .put("threshold", alert.threshold())
                        .put("longWindow", alert.longWindow().toNanos() / 1e9)
                        .put("shortWindow", alert.shortWindow().toNanos() / 1e9)
                        .put("first", alert.first().toString())
                        .put("times", alert.times())
                        .put("greatest", alert.greatest()));
        return node;
    }

    private static ObjectNode trend(Trend trend) {
        return NODES.objectNode()
                .put("subject", trend.subject())
                .put("source", trend.source())
                .put("unit", trend.unit())
                .put("points", trend.points())
                .put("perHour", trend.perHour())
                .put("low", trend.low())
                .put("high", trend.high())
                .put("level", trend.level())
                .put("direction", trend.direction().name());
    }

    private static ObjectNode breakingPoint(BreakingPoint point) {
        var node = NODES.objectNode().put("phase", point.phase()).put("unit", point.unit());
        step(node, "held", point.held());
        step(node, "broke", point.broke());
        return node.put("cause", point.cause());
    }

    private static void step(ObjectNode parent, String name, Optional<StepResult> step) {
        if (step.isEmpty()) {
            parent.putNull(name);
            return;
        }
        var result = step.get();
        var node = parent.putObject(name)
                .put("level", result.level())
                .put("start", result.start().toString())
                .put("end", result.end().toString())
                .put("count", result.completed())
                .put("errors", result.errors())
                .put("throughput", result.throughput());
        SummaryJson.latency(node, "responseMicros", result.response());
        result.failed().forEach(node.putArray("failed")::add);
    }

    private static ObjectNode breach(FirstBreach breach) {
        var node = NODES.objectNode().put("at", breach.at().toString()).put("objective", breach.objective());
        var saturated = node.putArray("saturated");
        breach.saturated()
                .forEach(one -> saturated
                        .addObject()
                        .put("source", one.source())
                        .put("reading", one.reading())
                        .put("value", one.value())
                        .put("limit", one.limit())
                        .put("at", one.at().toString()));
        return node;
    }

    private static void number(ObjectNode node, String name, Optional<Double> number) {
        number.ifPresentOrElse(value -> node.put(name, value), () -> node.putNull(name));
    }
}
