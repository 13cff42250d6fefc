package io.ordeal.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.campaign.run.BreakingPoint;
import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes `summary.json`, the machine's view of a run. Times are in seconds unless the name says otherwise; what was
/// not observed is null.
public final class SummaryJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryJson() {}

    /// Returns the text.
    public static String text(RunResult result) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node(result)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode node(RunResult result) {
        var verdict = result.verdict();
        var root = NODES.objectNode()
                .put("run", result.run())
                .put("campaign", verdict.campaign())
                .put("verdict", verdict.verdict().name());
        verdict.reasons().forEach(root.putArray("reasons")::add);
        root.put("startedAt", verdict.startedAt().toString())
                .put("endedAt", verdict.endedAt().toString())
                .set("ledger", ledger(verdict.ledger()));
        var requests = root.putArray("requests");
        verdict.requests()
                .forEach(request -> requests.add(request(request, result.tags(request.scenario(), request.request()))));
        var objectives = root.putArray("objectives");
        verdict.objectives().forEach(objective -> objectives.add(objective(objective)));
        var faults = root.putArray("faults");
        verdict.faults().forEach(fault -> faults.add(fault(fault)));
        var phases = root.putArray("phases");
        verdict.phases().forEach(phase -> phases.add(phase(phase)));
        root.set("generator", generator(verdict.generator()));
        result.breakingPoint()
                .ifPresentOrElse(
                        point -> root.set("breakingPoint", breakingPoint(point)), () -> root.putNull("breakingPoint"));
        root.put("windows", verdict.windows());
        SummaryDetails.add(root, result);
        return root;
    }

    private static ObjectNode ledger(Ledger ledger) {
        return NODES.objectNode()
                .put("scheduled", ledger.scheduled())
                .put("dropped", ledger.dropped())
                .put("sent", ledger.sent())
                .put("completed", ledger.completed())
                .put("published", ledger.published())
                .put("aggregated", ledger.aggregated())
                .put("lost", ledger.lost())
                .put("duplicates", ledger.duplicates())
                .put("closed", ledger.closed());
    }

    private static ObjectNode breakingPoint(BreakingPoint point) {
        var node = NODES.objectNode()
                .put("phase", point.phase())
                .put("condition", point.condition())
                .put("level", point.level());
        point.lastGood().ifPresentOrElse(good -> node.put("lastGood", good), () -> node.putNull("lastGood"));
        return node.put("at", point.at().toString());
    }

    private static ObjectNode request(RequestSummary request, Map<String, String> tags) {
        var node = NODES.objectNode()
                .put("scenario", request.scenario())
                .put("request", request.request())
                .put("count", Outcomes.total(request.counts()))
                .put("errors", Outcomes.errors(request.counts()))
                .put("throughput", request.throughput());
        latency(node, "responseMicros", request.response());
        latency(node, "serviceMicros", request.service());
        var marks = node.putObject("tags");
        new TreeMap<>(tags).forEach(marks::put);
        node.set("measures", SummaryDetails.measures(request));
        return node;
    }

    static void latency(ObjectNode node, String name, Optional<Latency> latency) {
        if (latency.isEmpty()) {
            node.putNull(name);
            return;
        }
        var values = latency.get();
        node.putObject(name)
                .put("mean", values.mean())
                .put("p50", values.p50())
                .put("p90", values.p90())
                .put("p95", values.p95())
                .put("p99", values.p99())
                .put("p999", values.p999())
                .put("max", values.max());
    }

    private static ObjectNode objective(ObjectiveVerdict objective) {
        var node = NODES.objectNode()
                .put("name", objective.name())
                .put("scope", objective.scope())
                .put("expression", objective.expression());
        objective.observed().ifPresentOrElse(value -> node.put("observed", value), () -> node.putNull("observed"));
        node.put("limit", objective.limit()).put("verdict", objective.verdict().name());
        SummaryDetails.add(node, objective);
        return node;
    }

    private static ObjectNode fault(FaultVerdict fault) {
        var node = NODES.objectNode()
                .put("id", fault.fault())
                .put("kind", fault.kind())
                .put("target", fault.target());
        instant(node, "appliedAt", fault.appliedAt());
        instant(node, "revertedAt", fault.revertedAt());
        node.put("confirmed", fault.confirmed());
        seconds(node, "timeToBreach", fault.timeToBreach());
        seconds(node, "timeToRecover", fault.timeToRecover());
        node.put("verdict", fault.verdict().name());
        SummaryDetails.add(node, fault);
        return node;
    }

    private static void instant(ObjectNode node, String name, Optional<Instant> instant) {
        instant.ifPresentOrElse(at -> node.put(name, at.toString()), () -> node.putNull(name));
    }

    static void seconds(ObjectNode node, String name, Optional<Duration> duration) {
        duration.ifPresentOrElse(time -> node.put(name, time.toNanos() / 1e9), () -> node.putNull(name));
    }

    private static ObjectNode phase(PhaseSummary phase) {
        var node = NODES.objectNode()
                .put("phase", phase.phase())
                .put("judged", phase.judged())
                .put("startedAt", phase.startedAt().toString())
                .put("endedAt", phase.endedAt().toString())
                .put("count", phase.completed())
                .put("errors", phase.errors());
        latency(node, "responseMicros", phase.response());
        return node;
    }

    private static ObjectNode generator(GeneratorSummary generator) {
        var node = NODES.objectNode().put("instances", generator.instances());
        node.putObject("startDelayMicros")
                .put("p50", generator.startDelayP50())
                .put("p99", generator.startDelayP99())
                .put("max", generator.startDelayMax());
        node.putObject("eventLoopLagMicros")
                .put("p99", generator.eventLoopLagP99())
                .put("max", generator.eventLoopLagMax());
        return node.put("saturatedWindows", generator.saturatedWindows());
    }
}
