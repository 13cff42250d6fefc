package io.ordeal.aggregator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Runs;
import io.ordeal.aggregator.query.Traffic;
import io.ordeal.aggregator.query.Traffic.Column;
import io.ordeal.runtime.json.RecordJson;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers queries about runs, and serves the live page. It only reads: nothing can be changed through it.
public final class QueryApi implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(QueryApi.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final long MOST_WINDOWS = 10_000;
    private static final long USUAL_WINDOWS = 1_000;

    private final Board board;
    private final Clock clock;
    private final EventStream events;
    private final Assets assets = new Assets();

    public QueryApi(Board board, Clock clock) {
        this.board = board;
        this.clock = clock;
        this.events = new EventStream(board, clock);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            var path = List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1));
            if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                throw new Problem(
                        405,
                        "Method Not Allowed",
                        List.of(new Problem.Fault(
                                "method",
                                exchange.getRequestMethod(),
                                "is not served here",
                                "use GET; what changes a run goes through `ordeal load` and `ordeal chaos`")));
            }
            route(exchange, path);
        } catch (Problem problem) {
            Answer.problem(problem).send(exchange);
        } catch (RuntimeException e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("path", exchange.getRequestURI())
                    .log("a query failed");
            Answer.problem(new Problem(
                            500,
                            "Internal Server Error",
                            List.of(new Problem.Fault(
                                    "path",
                                    exchange.getRequestURI().getPath(),
                                    "could not be answered",
                                    "see the aggregator's log"))))
                    .send(exchange);
        }
    }

    private void route(HttpExchange exchange, List<String> path) throws IOException, Problem {
        var first = path.getFirst();
        if (path.size() == 1 && first.isEmpty()) {
            runsPage(exchange);
        } else if (path.size() == 1 && first.equals("openapi.json")) {
            asset(exchange, first);
        } else if (path.size() == 2 && first.equals("assets")) {
            asset(exchange, path.get(1));
        } else if (first.equals("runs") && path.size() <= 3) {
            switch (path.size()) {
                case 1 -> runs(exchange);
                case 2 -> run(exchange, path.get(1));
                default -> part(exchange, path.get(1), path.get(2));
            }
        } else {
            throw unknown(exchange);
        }
    }

    private static Problem unknown(HttpExchange exchange) {
        return Problem.notFound(
                "path", exchange.getRequestURI().getPath(), "is not served", "GET /openapi.json says what is");
    }

    private void runsPage(HttpExchange exchange) throws IOException, Problem {
        Parameters.of(exchange).validate();
        Answer.page(board.ask(runs -> Pages.runs(runs, clock.instant()))).send(exchange);
    }

    private void runs(HttpExchange exchange) throws IOException, Problem {
        if (Answer.wantsPage(exchange)) {
            runsPage(exchange);
            return;
        }
        Parameters.of(exchange).validate();
        var now = clock.instant();
        var body = RecordJson.mapper().createObjectNode();
        var array = body.putArray("runs");
        board.ask(runs -> runs.all(now).stream()
                        .map(run -> RunJson.brief(run, now))
                        .toList())
                .forEach(array::add);
        Answer.json(body).send(exchange);
    }

    private void asset(HttpExchange exchange, String name) throws IOException, Problem {
        assets.find(name).orElseThrow(() -> unknown(exchange)).send(exchange);
    }

    private void run(HttpExchange exchange, String run) throws IOException, Problem {
        Parameters.of(exchange).validate();
        if (Answer.wantsPage(exchange)) {
            livePage(exchange, run);
        } else {
            Answer.json(of(run, (view, _) -> RunJson.full(view, clock.instant())))
                    .send(exchange);
        }
    }

    private void livePage(HttpExchange exchange, String run) throws IOException, Problem {
        Answer.page(of(run, (view, _) -> Pages.run(view, clock.instant()))).send(exchange);
    }

    private void part(HttpExchange exchange, String run, String part) throws IOException, Problem {
        switch (part) {
            case "live" -> {
                Parameters.of(exchange).validate();
                livePage(exchange, run);
            }
            case "windows" -> windows(exchange, run);
            case "series" -> series(exchange, run);
            case "verdicts" -> {
                Parameters.of(exchange).validate();
                Answer.json(of(run, (view, _) -> RunJson.verdicts(view))).send(exchange);
            }
            case "faults" -> {
                Parameters.of(exchange).validate();
                Answer.json(of(run, (view, _) -> {
                            var node = RecordJson.mapper().createObjectNode().put("run", run);
                            RunJson.faults(node.putArray("faults"), view);
                            return node;
                        }))
                        .send(exchange);
            }
            case "events" -> events(exchange, run);
            default -> throw unknown(exchange);
        }
    }

    private void events(HttpExchange exchange, String run) throws IOException, Problem {
        var parameters = Parameters.of(exchange, "from", "html");
        // After a break a browser asks with the address that it began with: what it has seen since counts for more.
        var from = parameters.header(exchange, "Last-Event-ID").or(() -> parameters.number("from", 0, Long.MAX_VALUE));
        boolean html = parameters.flag("html");
        parameters.validate();
        of(run, (_, _) -> true);
        events.serve(exchange, run, from, html);
    }

    private void series(HttpExchange exchange, String run) throws IOException, Problem {
        var parameters = Parameters.of(exchange, "request");
        parameters.validate();
        var request = parameters.text("request");
        if (request.isEmpty()) {
            Answer.json(of(run, (view, runs) -> SeriesJson.run(view, runs.usage(), Traffic.NONE)))
                    .send(exchange);
            return;
        }
        Answer.json(of(run, (view, _) -> SeriesJson.request(view, request.get()))
                        .orElseThrow(() -> noRequest(run, request.get())))
                .send(exchange);
    }

    private static Problem noRequest(String run, String request) {
        return Problem.notFound(
                "query parameter request",
                request,
                "is not known",
                "GET " + Pages.path(run) + "/series lists the requests, each as scenario/request");
    }

    private void windows(HttpExchange exchange, String run) throws IOException, Problem {
        var parameters = Parameters.of(exchange, "from", "to", "request", "limit");
        var from = parameters.instant("from");
        var to = parameters.instant("to");
        long limit = parameters.number("limit", 1, MOST_WINDOWS).orElse(USUAL_WINDOWS);
        parameters.validate();
        var request = parameters.text("request");
        var found = of(run, (view, _) -> {
            var traffic = view.traffic();
            var columns = request.isEmpty()
                    ? Optional.of(traffic.all())
                    : request.map(name -> traffic.requests().get(name));
            return columns.map(all -> {
                int first = from.map(at -> all.from(Micros.of(at))).orElse(0);
                int end = to.map(at -> all.from(Micros.of(at))).orElse(all.rows());
                int stop = (int) Math.min(end, first + limit);
                var node =
                        RecordJson.mapper().createObjectNode().put("run", run).put("more", stop < end);
                node.set("windows", RunJson.windows(all, first, stop, present(all)));
                return node;
            });
        });
        Answer.json(found.orElseThrow(() -> noRequest(run, request.orElse("")))).send(exchange);
    }

    private static List<Column> present(Columns columns) {
        return List.of(Column.values()).subList(0, columns.width());
    }

    private <T> T of(String run, BiFunction<RunView, Runs, T> question) throws Problem {
        var answer = board.ask(runs -> runs.find(run).map(view -> question.apply(view, runs)));
        if (answer.isPresent()) {
            return answer.get();
        }
        if (!board.isComplete()) {
            throw new Problem(
                    503,
                    "Service Unavailable",
                    List.of(new Problem.Fault(
                            "run",
                            run,
                            "may be known soon: the topics are still being read",
                            "ask again in a second")));
        }
        throw Problem.notFound("run", run, "is not known", "GET /runs lists the newest runs");
    }

    /// Ends every stream of events.
    public void close() {
        board.close();
    }
}
