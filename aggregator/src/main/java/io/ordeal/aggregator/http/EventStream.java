package io.ordeal.aggregator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Runs;
import io.ordeal.aggregator.query.Traffic;
import io.ordeal.runtime.json.RecordJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Tells listeners of a run as it goes on, by server-sent events.
///
/// Nothing is queued for anybody: a listener is told what is new since what it was told last, as soon as it has taken
/// that. Listeners who are equally far share the bytes.
final class EventStream {
    private static final int MOST_LISTENERS = 500;
    private static final int MOST_ROWS = 600;
    private static final int MOST_SHARED = 32;
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Board board;
    private final Clock clock;
    private final Semaphore listeners = new Semaphore(MOST_LISTENERS);
    private final Map<Point, Message> shared = new LinkedHashMap<>();

    EventStream(Board board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /// What a listener has and what there is.
    private record Point(String run, long version, long last, boolean html) {}

    /// @param version of the run that it tells of
    /// @param last number of the newest window that it tells of
    /// @param end whether nothing follows
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(long version, long last, boolean end, byte[] bytes) {}

    /// Tells of `run` until it is over or the listener has gone.
    ///
    /// @param from the number of the newest window that the listener has; empty: it has all there is now
    /// @param html whether the sections of the live page are told as well
    void serve(HttpExchange exchange, String run, Optional<Long> from, boolean html) throws IOException, Problem {
        if (!listeners.tryAcquire()) {
            throw new Problem(
                    503,
                    "Service Unavailable",
                    List.of(new Problem.Fault(
                            "listeners",
                            String.valueOf(MOST_LISTENERS),
                            "are there already",
                            "close some, or read " + Pages.path(run) + "/series from time to time")));
        }
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            Answer.secure(exchange);
            headers.set("Content-Type", "text/event-stream; charset=utf-8");
            headers.set("Cache-Control", "no-store");
            headers.set("X-Accel-Buffering", "no");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            tell(exchange.getResponseBody(), run, from, html);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the server closes
        } finally {
            listeners.release();
        }
    }

    private void tell(OutputStream out, String run, Optional<Long> from, boolean html)
            throws IOException, InterruptedException {
        send(out, "retry: 2000\n\n");
        long last = from.orElseGet(() -> board.ask(
                runs -> runs.find(run).map(view -> view.traffic().newest()).orElse(Traffic.NONE)));
        long version = -1;
        while (true) {
            if (!board.await(run, version, SILENCE)) {
                send(out, ": still here\n\n");
                continue;
            }
            long has = last;
            var message = board.ask(runs -> message(runs, run, has, html));
            if (message.isEmpty()) {
                send(out, "event: reset\ndata: {}\n\n"); // so many other runs came that this one is forgotten
                return;
            }
            out.write(message.get().bytes);
            out.flush();
            last = Math.max(last, message.get().last);
            version = message.get().version;
            if (message.get().end) {
                return;
            }
            Thread.sleep(PAUSE); // what comes together is told together
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Optional<Message> message(Runs runs, String id, long last, boolean html) {
        return runs.find(id).map(run -> {
            var point = new Point(id, run.version(), last, html);
            var known = shared.get(point);
            if (known != null) {
                return known;
            }
            var made = message(runs, run, last, html);
            shared.put(point, made);
            if (shared.size() > MOST_SHARED) {
                shared.remove(shared.keySet().iterator().next());
            }
            return made;
        });
    }

    private Message message(Runs runs, RunView run, long last, boolean html) {
        var traffic = run.traffic();
        var text = new StringBuilder();
        if (traffic.all().rows() - SeriesJson.first(traffic.all(), traffic, last) > MOST_ROWS) {
            event(text, "reset", traffic.newest(), RecordJson.mapper().createObjectNode());
        } else {
            event(text, "update", traffic.newest(), update(runs, run, last, html));
        }
        boolean end = run.verdict().isPresent();
        if (end) {
            event(text, "end", traffic.newest(), RunJson.brief(run, clock.instant()));
        }
        return new Message(run.version(), traffic.newest(), end, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode update(Runs runs, RunView run, long last, boolean html) {
        var now = clock.instant();
        var node = RecordJson.mapper().createObjectNode();
        node.set("run", RunJson.brief(run, now));
        node.set("series", SeriesJson.run(run, runs.usage(), last));
        if (html) {
            var parts = node.putObject("html");
            Sections.of(run, now).forEach((id, part) -> parts.put(id, part.toString()));
        }
        return node;
    }

    private static void event(StringBuilder text, String name, long id, ObjectNode data) {
        text.append("event: ").append(name).append('\n');
        if (id != Traffic.NONE) {
            text.append("id: ").append(id).append('\n');
        }
        // JSON is written on one line, so that the data needs no other form.
        text.append("data: ").append(data).append("\n\n");
    }
}
