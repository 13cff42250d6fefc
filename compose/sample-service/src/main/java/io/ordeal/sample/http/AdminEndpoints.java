package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Behaviour;
import io.ordeal.sample.behaviour.MergePatch;
import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.counts.RequestCounts;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// What the people who run the service may see and change. With a token, only its bearer; without one, only this
/// host.
final class AdminEndpoints {

    private static final System.Logger LOG = System.getLogger(AdminEndpoints.class.getName());

    private final LiveBehaviour behaviour;
    private final Map<String, Object> defaults;
    private final RequestCounts counts;
    private final ToIntFunction<Operation> inFlight;
    private final Optional<String> token;

    AdminEndpoints(
            LiveBehaviour behaviour,
            Map<String, Object> defaults,
            RequestCounts counts,
            ToIntFunction<Operation> inFlight,
            Optional<String> token) {
        this.behaviour = behaviour;
        this.defaults = defaults;
        this.counts = counts;
        this.inFlight = inFlight;
        this.token = token;
    }

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.ADMIN, this::serve);
    }

    private void serve(Exchange exchange) {
        if (!isPermitted(exchange)) {
            return;
        }
        HttpMethod method = exchange.request().method();
        switch (method.name() + " " + exchange.id()) {
            case "GET behaviour" -> exchange.answer(200, document());
            case "PUT behaviour" -> change(exchange, defaults);
            case "PATCH behaviour" -> change(exchange, behaviour.now().document());
            case "GET counts" -> exchange.answer(200, countsView());
            default -> exchange.error(404, "here are GET, PUT and PATCH /admin/behaviour, and GET /admin/counts");
        }
    }

    private boolean isPermitted(Exchange exchange) {
        if (token.isEmpty()) {
            String from = exchange.request().remoteAddress().hostAddress();
            if (from.startsWith("127.") || from.equals("::1") || from.equals("0:0:0:0:0:0:0:1")) {
                return true;
            }
            exchange.error(403, "without a token only this host is served: start the service with ADMIN_TOKEN");
            return false;
        }
        String given = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
        byte[] expected = ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8);
        // Takes as long for a token that is nearly right as for one that is all wrong.
        if (given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            return true;
        }
        exchange.header("WWW-Authenticate", "Bearer");
        exchange.error(401, "give the admin token: Authorization: Bearer TOKEN");
        return false;
    }

    private JsonObject document() {
        return new JsonObject(behaviour.now().document());
    }

    private void change(Exchange exchange, Map<String, Object> base) {
        exchange.json().ifPresent(json -> {
            switch (Behaviour.read(MergePatch.merge(base, json.getMap()))) {
                case Behaviour.Valid(Behaviour changed) -> {
                    behaviour.adopt(changed);
                    LOG.log(System.Logger.Level.INFO, "behaviour changed: {0}", json.encode());
                    exchange.answer(200, document());
                }
                case Behaviour.Invalid(var problems) ->
                    exchange.answer(
                            400,
                            new JsonObject()
                                    .put("error", "this behaviour is not possible")
                                    .put("problems", new JsonArray(problems)));
            }
        });
    }

    private JsonObject countsView() {
        JsonObject operations = new JsonObject();
        JsonObject housekeeping = new JsonObject();
        long received = 0;
        long answered = 0;
        long abandoned = 0;
        long flying = 0;
        for (Operation operation : Operation.values()) {
            (operation.isHousekeeping() ? housekeeping : operations).put(operation.label(), view(operation));
            if (!operation.isHousekeeping()) {
                received += counts.countReceived(operation);
                answered += counts.countAnswered(operation);
                abandoned += counts.countAbandoned(operation);
                flying += inFlight.applyAsInt(operation);
            }
        }
        return new JsonObject()
                .put("total", sums(received, answered, abandoned, flying))
                .put("operations", operations)
                .put("housekeeping", housekeeping);
    }

    private JsonObject view(Operation operation) {
        JsonObject statuses = new JsonObject();
        counts.forEachStatus(operation, (status, count) -> statuses.put(Integer.toString(status), count));
        return sums(
                        counts.countReceived(operation),
                        counts.countAnswered(operation),
                        counts.countAbandoned(operation),
                        inFlight.applyAsInt(operation))
                .put("statuses", statuses);
    }

    /// What is neither answered, abandoned nor in flight was lost with a process that was killed.
    private static JsonObject sums(long received, long answered, long abandoned, long inFlight) {
        return new JsonObject()
                .put("received", received)
                .put("answered", answered)
                .put("abandoned", abandoned)
                .put("inFlight", inFlight)
                .put("lost", received - answered - abandoned - inFlight);
    }
}
