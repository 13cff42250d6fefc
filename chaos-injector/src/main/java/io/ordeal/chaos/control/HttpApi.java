package io.ordeal.chaos.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import io.ordeal.chaos.fault.FaultState;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.io.IOException;
import java.util.Optional;

/// The injector over HTTP: what there is, and the lever that works without a broker.
public final class HttpApi {
    private static final String JSON = "application/json; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Targets targets;
    private final Controller controller;

    private HttpApi(Targets targets, Controller controller) {
        this.targets = targets;
        this.controller = controller;
    }

    /// Adds `GET /faults`, `GET /targets` and, for who has the token, `POST /faults/clear` to `server`.
    public static void serve(ProbeServer server, Optional<String> token, Targets targets, Controller controller) {
        var api = new HttpApi(targets, controller);
        server.handle("/targets", exchange -> api.answer(exchange, "GET", "/targets", api::targets));
        server.handle("/faults", exchange -> api.answer(exchange, "GET", "/faults", api::faults));
        server.handleGuarded(
                "/faults/clear", token, exchange -> api.answer(exchange, "POST", "/faults/clear", api::clear));
    }

    /// Makes an answer.
    private interface Body {
        Object make();
    }

    private void answer(HttpExchange exchange, String method, String path, Body body) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            ProbeServer.answer(exchange, NOT_FOUND, "no such path\n");
        } else if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            ProbeServer.answer(exchange, WRONG_METHOD, "use " + method + "\n");
        } else {
            ProbeServer.answer(exchange, OK, JSON, mapper.writeValueAsString(body.make()) + "\n");
        }
    }

    private ArrayNode targets() {
        var list = mapper.createArrayNode();
        for (var target : targets.configuration().targets()) {
            var entry = list.addObject().put("name", target.name());
            var kinds = entry.putArray("kinds");
            targets.kinds(target).forEach(kind -> kinds.add(kind.published()));
            var impossible = entry.putObject("impossible");
            targets.impossible(target).forEach((kind, reason) -> impossible.put(kind.published(), reason));
            targets.listenAddress(target.name())
                    .ifPresent(address -> entry.put("listen", address.getHostString() + ":" + address.getPort()));
            target.facet(ProxyFacet.Own.class)
                    .ifPresent(proxy -> entry.put("upstream", proxy.upstream().toString()));
        }
        return list;
    }

    private ArrayNode faults() {
        var list = mapper.createArrayNode();
        for (var fault : controller.faults()) {
            var entry = list.addObject()
                    .put("run", fault.plan().key().run())
                    .put("id", fault.plan().key().id())
                    .put("kind", fault.plan().kind())
                    .put("target", fault.plan().target())
                    .put("endsAt", fault.endsAt().toString());
            fault.leaseEndsAt().ifPresent(end -> entry.put("leaseEndsAt", end.toString()));
            switch (fault.state()) {
                case FaultState.Accepted _ -> entry.put("state", "accepted");
                case FaultState.Applying _ -> entry.put("state", "applying");
                case FaultState.Applied _ -> entry.put("state", "applied");
                case FaultState.Ending _ -> entry.put("state", "reverting");
                case FaultState.Reverted(var cause) ->
                    entry.put("state", "reverted").put("cause", cause.name());
                case FaultState.Failed(var reason, var undone) ->
                    entry.put("state", "failed").put("reason", reason).put("undone", undone);
            }
        }
        return list;
    }

    private ArrayNode clear() {
        var list = mapper.createArrayNode();
        for (var key : controller.clearAll(RevertCause.CLEARED).join()) {
            list.addObject().put("run", key.run()).put("id", key.id());
        }
        return list;
    }
}
