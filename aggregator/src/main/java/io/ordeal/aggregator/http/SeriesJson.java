package io.ordeal.aggregator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns;
import io.ordeal.aggregator.query.Faults;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Standings;
import io.ordeal.aggregator.query.Traffic;
import io.ordeal.aggregator.query.Traffic.Column;
import io.ordeal.aggregator.query.Usage;
import io.ordeal.runtime.json.RecordJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The series of a run in columns. Times are seconds since the epoch, latencies milliseconds, all else per second but
/// `inFlight`; null where there is nothing.
final class SeriesJson {
    private static final double MICROS = 1e6;
    private static final long MARGIN = 30_000_000;
    private static final Map<Column, String> LATENCIES = new TreeMap<>(
            Map.of(Column.P50, "p50", Column.P95, "p95", Column.P99, "p99", Column.P999, "p999", Column.MAX, "max"));
    private static final Map<Column, String> RATES = new TreeMap<>(Map.of(
            Column.ENDED,
            "ended",
            Column.ERRORS,
            "errors",
            Column.SCHEDULED,
            "asked",
            Column.SENT,
            "sent",
            Column.DROPPED,
            "dropped"));

    private SeriesJson() {}

    /// Returns the rows of all requests that follow window `after`, with everything that is drawn beside them.
    static ObjectNode run(RunView run, Usage usage, long after) {
        var traffic = run.traffic();
        var all = traffic.all();
        var node = head(run, all);
        int first = first(all, traffic, after);
        times(node.putArray("times"), all, first);
        var columns = node.putObject("columns");
        columns(columns, all, first, all.rows());
        inFlight(columns.putArray("inFlight"), all, first);
        ribbon(node.putObject("ribbon"), run.standings().ribbon(), after * traffic.window());
        spans(node, run);
        limits(node.putArray("limits"), run.standings());
        readings(node.putArray("readings"), run, usage, after);
        var names = node.putArray("requests");
        traffic.requests().keySet().forEach(names::add);
        return node;
    }

    /// Returns the rows of one request; empty when it is not known.
    static Optional<ObjectNode> request(RunView run, String request) {
        return Optional.ofNullable(run.traffic().requests().get(request)).map(columns -> {
            var node = head(run, columns).put("request", request);
            times(node.putArray("times"), columns, 0);
            columns(node.putObject("columns"), columns, 0, columns.rows());
            return node;
        });
    }

    /// Returns the first row that holds anything of the windows that follow `after`.
    static int first(Columns columns, Traffic traffic, long after) {
        long next = (after + 1) * traffic.window();
        return after == Traffic.NONE ? 0 : columns.from(Math.floorDiv(next, columns.step()) * columns.step());
    }

    private static ObjectNode head(RunView run, Columns columns) {
        var node = RecordJson.mapper().createObjectNode().put("run", run.run());
        node.put("last", run.traffic().newest());
        node.put("window", run.traffic().window() / MICROS);
        node.put("step", columns.step() / MICROS);
        var start = run.start().map(SeriesJson::seconds);
        start.ifPresentOrElse(at -> node.put("start", at), () -> node.putNull("start"));
        start.ifPresentOrElse(at -> node.put("end", at + seconds(run.length())), () -> node.putNull("end"));
        return node;
    }

    private static void times(ArrayNode times, Columns columns, int first) {
        for (int row = first; row < columns.rows(); row++) {
            times.add((columns.time(row) + columns.step()) / MICROS);
        }
    }

    private static void columns(ObjectNode node, Columns columns, int first, int end) {
        LATENCIES.forEach((column, name) -> column(node.putArray(name), columns, column, 1e3, first, end));
        double seconds = columns.step() / MICROS;
        RATES.forEach((column, name) -> {
            if (column.ordinal() < columns.width()) {
                column(node.putArray(name), columns, column, seconds, first, end);
            }
        });
    }

    private static void column(ArrayNode array, Columns columns, Column column, double unit, int first, int end) {
        for (int row = first; row < end; row++) {
            number(array, columns.value(column.ordinal(), row) / unit);
        }
    }

    private static void inFlight(ArrayNode array, Columns columns, int first) {
        double sum = 0;
        for (int row = 0; row < columns.rows(); row++) {
            sum += columns.value(Column.SENT.ordinal(), row) - columns.value(Column.ENDED.ordinal(), row);
            if (row >= first) {
                array.add(Math.max(0, Math.round(sum)));
            }
        }
    }

    private static void ribbon(ObjectNode node, Columns ribbon, long after) {
        int first = ribbon.from(Math.floorDiv(after, ribbon.step()) * ribbon.step());
        node.put("step", ribbon.step() / MICROS);
        var times = node.putArray("times");
        var marks = node.putArray("marks");
        for (int row = Math.max(0, first); row < ribbon.rows(); row++) {
            times.add(ribbon.time(row) / MICROS);
            float mark = ribbon.value(0, row);
            marks.add(mark >= Standings.BROKEN ? "out" : mark >= Standings.WARNED ? "warn" : "in");
        }
    }

    private static void spans(ObjectNode node, RunView run) {
        var faults = node.putArray("faults");
        run.faults().all().forEach(fault -> span(run, fault).ifPresent(faults::add));
        var phases = node.putArray("phases");
        run.start()
                .ifPresent(start -> run.phases()
                        .forEach(phase -> phases.addObject()
                                .put("name", phase.name())
                                .put("judged", phase.judged())
                                .put("from", seconds(start.plus(phase.start())))
                                .put("to", seconds(start.plus(phase.start()).plus(phase.duration())))));
    }

    private static Optional<ObjectNode> span(RunView run, Faults.Fault fault) {
        var node = RecordJson.mapper()
                .createObjectNode()
                .put("id", fault.id())
                .put("kind", fault.kind())
                .put("target", fault.target())
                .put("state", fault.state().name());
        if (fault.applied().isPresent()) {
            node.put("from", seconds(fault.applied().get()));
            fault.reverted().ifPresentOrElse(at -> node.put("to", seconds(at)), () -> node.putNull("to"));
            return Optional.of(node);
        }
        if (fault.state() == Faults.State.FAILED || run.verdict().isPresent()) {
            return Optional.empty();
        }
        return run.start()
                .flatMap(start -> fault.at()
                        .map(at -> node.put("from", seconds(start.plus(at)))
                                .put(
                                        "to",
                                        seconds(start.plus(at)
                                                .plus(fault.duration().orElse(Duration.ZERO))))));
    }

    private static void limits(ArrayNode array, Standings standings) {
        standings
                .limits()
                .forEach(limit -> array.addObject()
                        .put("name", limit.name())
                        .put("value", limit.micros() / 1e3)
                        .put("out", limit.out()));
    }

    /// A sample may come a little later than the window that it falls into: what is sent twice is known by its time.
    private static void readings(ArrayNode array, RunView run, Usage usage, long after) {
        if (run.newest().isEmpty() && run.start().isEmpty()) {
            return;
        }
        long begin = run.start().map(Micros::of).orElse(0L);
        long end = Micros.of(run.newest().orElse(run.heard())) + MARGIN;
        long from = after == Traffic.NONE
                ? begin
                : Math.max(begin, after * run.traffic().window() - MARGIN);
        for (var reading : usage.between(begin, run.verdict().isPresent() ? end - MARGIN : end)) {
            var node = array.addObject().put("source", reading.source()).put("reading", reading.reading());
            var times = node.putArray("times");
            var values = node.putArray("values");
            var columns = reading.columns();
            for (int row = columns.from(from); row < columns.rows() && columns.time(row) <= end; row++) {
                times.add(columns.time(row) / MICROS);
                number(values, columns.value(0, row));
            }
        }
    }

    static void number(ArrayNode array, double value) {
        if (!Double.isFinite(value)) {
            array.addNull();
        } else if (value == Math.rint(value)) {
            array.add((long) value);
        } else {
            array.add(Math.round(value * 1e3) / 1e3);
        }
    }

    static double seconds(Instant at) {
        return Micros.of(at) / MICROS;
    }

    static double seconds(Duration duration) {
        return Micros.of(duration) / MICROS;
    }
}
