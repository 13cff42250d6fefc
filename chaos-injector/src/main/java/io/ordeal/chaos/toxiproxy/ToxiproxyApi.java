package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routes of Toxiproxy 2.12, with its status codes, bodies and messages.
final class ToxiproxyApi implements HttpHandler {
    /// Which Toxiproxy this is one of: clients choose by it how they update.
    static final String VERSION = "2.12.0";

    private static final Logger log = LoggerFactory.getLogger(ToxiproxyApi.class);
    private static final int MOST_BYTES = 16 << 20;
    private static final Set<String> UPDATES = Set.of("POST", "PATCH");

    private final ObjectMapper mapper =
            new ObjectMapper().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
    private final ProxyStore store;
    private final Optional<String> token;

    /// What is answered.
    private record Answer(int status, String type, String text) {
        static final Answer NOTHING = new Answer(204, "", "");
        static final Answer WRONG_METHOD = new Answer(405, "", "");

        static Answer plain(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text);
        }
    }

    /// @param token that what changes anything must carry, where one is needed
    ToxiproxyApi(ProxyStore store, Optional<String> token) {
        this.store = store;
        this.token = token;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = guarded(exchange);
        } catch (ApiProblem e) {
            answer = problem(e);
        } catch (RuntimeException e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("path", exchange.getRequestURI())
                    .log("a request broke");
            answer = problem(new ApiProblem(ApiProblem.FAILED, e.toString()));
        }
        send(exchange, answer);
    }

    /// A page in a browser could be made to send requests here by somebody else: it is refused.
    private Answer guarded(HttpExchange exchange) throws IOException, ApiProblem {
        var agent = header(exchange, "User-Agent");
        if (agent.startsWith("Mozilla/")) {
            return Answer.plain(403, "User agent not allowed\n");
        }
        boolean changes = !Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
        if (changes && token.isPresent() && !carries(exchange, token.get())) {
            throw new ApiProblem(401, "this needs the header Authorization: Bearer TOKEN");
        }
        return route(exchange, segments(exchange.getRequestURI().getRawPath()));
    }

    private Answer route(HttpExchange exchange, List<String> path) throws IOException, ApiProblem {
        return switch (path.isEmpty() ? "" : path.getFirst() + path.size()) {
            case "version1" -> version(exchange);
            case "metrics1" -> metrics(exchange);
            case "reset1" -> reset(exchange);
            case "populate1" -> populate(exchange);
            case "proxies1" -> proxies(exchange);
            case "proxies2" -> proxy(exchange, path.get(1));
            case "proxies3" -> path.get(2).equals("toxics") ? toxics(exchange, path.get(1)) : unknown();
            case "proxies4" -> path.get(2).equals("toxics") ? toxic(exchange, path.get(1), path.get(3)) : unknown();
            default -> unknown();
        };
    }

    private Answer version(HttpExchange exchange) {
        return is(exchange, "GET")
                ? new Answer(200, "application/json;charset=utf-8", "{\"version\": \"" + VERSION + "\"}\n")
                : Answer.WRONG_METHOD;
    }

    private Answer metrics(HttpExchange exchange) {
        return is(exchange, "GET")
                ? new Answer(200, "text/plain; version=0.0.4; charset=utf-8", ProxyMetrics.of(store))
                : Answer.WRONG_METHOD;
    }

    private Answer reset(HttpExchange exchange) throws ApiProblem {
        if (!is(exchange, "POST")) {
            return Answer.WRONG_METHOD;
        }
        store.reset();
        return Answer.NOTHING;
    }

    private Answer populate(HttpExchange exchange) throws IOException, ApiProblem {
        if (!is(exchange, "POST")) {
            return Answer.WRONG_METHOD;
        }
        ProxyStore.Populated populated;
        try {
            populated = store.populate(body(exchange));
        } catch (ApiProblem e) {
            populated = new ProxyStore.Populated(JsonNodeFactory.instance.arrayNode(), Optional.of(e));
        }
        var node = JsonNodeFactory.instance.objectNode();
        populated
                .problem()
                .ifPresent(problem -> node.put("error", problem.text()).put("status", problem.status()));
        node.set("proxies", populated.proxies().isEmpty() ? node.nullNode() : populated.proxies());
        return json(populated.problem().map(ApiProblem::status).orElse(201), node);
    }

    private Answer proxies(HttpExchange exchange) throws IOException, ApiProblem {
        return switch (exchange.getRequestMethod()) {
            case "GET" -> json(200, store.all());
            case "POST" -> json(201, store.create(body(exchange)));
            default -> Answer.WRONG_METHOD;
        };
    }

    private Answer proxy(HttpExchange exchange, String name) throws IOException, ApiProblem {
        if (is(exchange, "GET")) {
            return json(200, store.show(name, lease(exchange)));
        }
        if (is(exchange, "DELETE")) {
            store.delete(name);
            return Answer.NOTHING;
        }
        if (UPDATES.contains(exchange.getRequestMethod())) {
            store.require(name);
            return json(200, store.update(name, body(exchange)));
        }
        return Answer.WRONG_METHOD;
    }

    private Answer toxics(HttpExchange exchange, String name) throws IOException, ApiProblem {
        return switch (exchange.getRequestMethod()) {
            case "GET" -> json(200, store.toxics(name));
            case "POST" -> {
                var bytes = bytes(exchange);
                yield json(200, store.addToxic(name, () -> GoJson.read(bytes, "")));
            }
            default -> Answer.WRONG_METHOD;
        };
    }

    private Answer toxic(HttpExchange exchange, String name, String toxic) throws IOException, ApiProblem {
        if (is(exchange, "GET")) {
            return json(200, store.showToxic(name, toxic, lease(exchange)));
        }
        if (is(exchange, "DELETE")) {
            store.removeToxic(name, toxic);
            return Answer.NOTHING;
        }
        if (UPDATES.contains(exchange.getRequestMethod())) {
            var bytes = bytes(exchange);
            return json(200, store.updateToxic(name, toxic, () -> GoJson.read(bytes, "")));
        }
        return Answer.WRONG_METHOD;
    }

    private static Answer unknown() {
        return Answer.plain(404, "404 page not found\n");
    }

    private Answer json(int status, JsonNode node) {
        try {
            return new Answer(status, "application/json", mapper.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer problem(ApiProblem problem) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("error", problem.text()).put("status", problem.status());
        return Answer.plain(problem.status(), json(problem.status(), node).text() + "\n");
    }

    private static GoJson body(HttpExchange exchange) throws IOException, ApiProblem {
        return GoJson.read(bytes(exchange), "");
    }

    private static byte[] bytes(HttpExchange exchange) throws IOException, ApiProblem {
        var bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw ApiProblem.badBody("longer than 16 MiB");
        }
        return bytes;
    }

    private static Optional<Lease> lease(HttpExchange exchange) {
        return Lease.inQuery(Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set(
                    "X-Toxiproxy-Request-Id",
                    Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36));
            if (!answer.type().isEmpty()) {
                headers.set("Content-Type", answer.type());
            }
            if (answer.type().startsWith("text/plain; charset")) {
                headers.set("X-Content-Type-Options", "nosniff");
            }
            var bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (!is(exchange, "HEAD")) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static boolean is(HttpExchange exchange, String method) {
        return exchange.getRequestMethod().equals(method);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.replaceFirst("^/", "").split("/", -1))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static boolean carries(HttpExchange exchange, String token) {
        // Constant time, so that the answer's delay says nothing about the token.
        return MessageDigest.isEqual(
                header(exchange, "Authorization").getBytes(StandardCharsets.UTF_8),
                ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
