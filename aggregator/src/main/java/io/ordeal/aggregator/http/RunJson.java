package io.ordeal.aggregator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Standings;
import io.ordeal.aggregator.query.Traffic.Column;
import io.ordeal.runtime.json.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs as JSON: instants in ISO 8601, durations in seconds, latencies in milliseconds.
final class RunJson {
    private static final int EVENTS = 100;

    private RunJson() {}

    /// Returns a run as the list of runs has it.
    static ObjectNode brief(RunView run, Instant now) {
        var node = RecordJson.mapper()
                .createObjectNode()
                .put("run", run.run())
                .put("campaign", run.campaign())
                .put("state", run.state(now).name());
        put(node, "verdict", run.verdict().map(verdict -> verdict.verdict().name()));
        put(node, "start", run.start().map(Instant::toString));
        put(node, "newest", run.newest().map(Instant::toString));
        put(node, "phase", run.phase().map(index -> run.phases().get(index).name()));
        return node.put("seconds", SeriesJson.seconds(run.length()))
                .put(
                        "elapsed",
                        run.start()
                                .flatMap(start -> run.newest()
                                        .map(newest ->
                                                Math.max(0, SeriesJson.seconds(newest) - SeriesJson.seconds(start))))
                                .orElse(0.0));
    }

    /// Returns everything but series.
    static ObjectNode full(RunView run, Instant now) {
        var node = brief(run, now);
        var reasons = node.putArray("reasons");
        run.verdict().ifPresent(verdict -> verdict.reasons().forEach(reasons::add));
        node.set("phases", RecordJson.mapper().valueToTree(run.phases()));
        var sums = run.traffic().sums();
        node.set(
                "ledger",
                RecordJson.node(run.verdict().map(verdict -> verdict.ledger()).orElseGet(sums::ledger)));
        node.put("inFlight", run.verdict().isPresent() ? 0 : sums.inFlight())
                .put("errors", sums.errors())
                .put("late", sums.late());
        objectives(node.putArray("objectives"), run);
        faults(node.putArray("faults"), run);
        nodes(node.putArray("nodes"), run);
        var saturated = node.putArray("saturated");
        run.saturated().forEach(saturated::add);
        var events = node.putArray("events");
        run.log()
                .newest(EVENTS)
                .forEach(entry -> events.addObject()
                        .put("at", entry.at().toString())
                        .put("kind", entry.kind())
                        .put("text", entry.text()));
        return node;
    }

    /// Returns how the objectives stand, and what was said of the faults and the run.
    static ObjectNode verdicts(RunView run) {
        var node = RecordJson.mapper().createObjectNode().put("run", run.run());
        put(node, "verdict", run.verdict().map(verdict -> verdict.verdict().name()));
        objectives(node.putArray("objectives"), run);
        var faults = node.putArray("faults");
        run.faults().all().forEach(fault -> fault.verdict().ifPresent(one -> faults.add(RecordJson.node(one))));
        run.verdict()
                .ifPresentOrElse(
                        verdict -> node.set("judgement", RecordJson.node(verdict)), () -> node.putNull("judgement"));
        return node;
    }

    static void faults(ArrayNode array, RunView run) {
        run.faults().all().forEach(fault -> array.add(RecordJson.node(fault)));
    }

    private static void objectives(ArrayNode array, RunView run) {
        for (var standing : run.standings().all()) {
            var node = array.addObject()
                    .put("name", standing.name())
                    .put("expression", standing.expression())
                    .put("scope", standing.scope())
                    .put("stands", standing.where().name().toLowerCase(Locale.ROOT));
            number(node, "observed", standing.observed());
            number(node, "limit", Optional.of(standing.limit()).filter(Double::isFinite));
            node.put("unit", standing.unit().symbol())
                    .put("windows", standing.windows())
                    .put("windowsOut", standing.windowsOut())
                    .put("reason", standing.reason());
            var judged = judged(run, standing);
            judged.ifPresentOrElse(one -> node.set("judged", one), () -> node.putNull("judged"));
        }
    }

    private static Optional<ObjectNode> judged(RunView run, Standings.Standing standing) {
        return run.verdict()
                .flatMap(verdict -> verdict.objectives().stream()
                        .filter(one -> one.name().equals(standing.name()))
                        .findFirst())
                .map(RecordJson::node);
    }

    private static void nodes(ArrayNode array, RunView run) {
        run.nodes()
                .forEach(node -> array.addObject()
                        .put("name", node.name())
                        .put("kind", node.generator() ? "generator" : "injector")
                        .put("segments", node.segments().size())
                        .put("heard", node.heard().toString()));
    }

    /// Returns the windows from `first` to before `end`, one by one.
    static ArrayNode windows(Columns columns, int first, int end, List<Column> of) {
        var array = RecordJson.mapper().createArrayNode();
        for (int row = first; row < end; row++) {
            var node = array.addObject()
                    .put("start", Micros.instant(columns.time(row)).toString())
                    .put("seconds", columns.step() / 1e6);
            for (var column : of) {
                double value = columns.value(column.ordinal(), row);
                var name = column.name().toLowerCase(Locale.ROOT);
                boolean latency = column.ordinal() <= Column.MAX.ordinal();
                number(node, name, Optional.of(latency ? value / 1e3 : value).filter(Double::isFinite));
            }
        }
        return array;
    }

    private static void number(ObjectNode node, String name, Optional<Double> value) {
        value.ifPresentOrElse(
                one -> {
                    if (one == Math.rint(one) && Math.abs(one) < 1e15) {
                        node.put(name, one.longValue());
                    } else {
                        node.put(name, one);
                    }
                },
                () -> node.putNull(name));
    }

    private static void put(ObjectNode node, String name, Optional<String> value) {
        value.ifPresentOrElse(one -> node.put(name, one), () -> node.putNull(name));
    }
}
