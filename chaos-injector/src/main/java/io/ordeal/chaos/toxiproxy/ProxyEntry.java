package io.ordeal.chaos.toxiproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A proxy as a request describes it.
///
/// @param listen as it was written
/// @param toxics empty where the request says nothing of them
record ProxyEntry(
        String name,
        String listen,
        String upstream,
        boolean enabled,
        Optional<List<ToxicEntry>> toxics,
        Optional<Lease> lease) {
    private static final String STRUCT = "Proxy";

    /// Reads one that is to be made.
    ///
    /// @param where follows messages about what is missing
    static ProxyEntry read(GoJson json, String where) throws ApiProblem {
        var body = new GoJson(json.node(), STRUCT).object("toxiproxy.Proxy");
        var name = body.text("name").orElse("");
        var listen = body.text("listen").orElse("");
        var upstream = body.text("upstream").orElse("");
        boolean enabled = body.flag("enabled").orElse(true);
        if (name.isEmpty()) {
            throw missing("name" + where);
        }
        if (upstream.isEmpty()) {
            throw missing("upstream" + where);
        }
        return new ProxyEntry(name, listen, upstream, enabled, toxics(body), Lease.read(body));
    }

    /// Returns this with what `json` changes.
    ProxyEntry updated(GoJson json) throws ApiProblem {
        var body = new GoJson(json.node(), STRUCT).object("toxiproxy.Proxy");
        return new ProxyEntry(
                name,
                body.text("listen").orElse(listen),
                body.text("upstream").orElse(upstream),
                body.flag("enabled").orElse(enabled),
                Optional.empty(),
                Lease.read(body));
    }

    private static Optional<List<ToxicEntry>> toxics(GoJson body) throws ApiProblem {
        var given = body.field("toxics");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (!given.get().isArray()) {
            throw ApiProblem.badBody("toxics is an array");
        }
        var toxics = new ArrayList<ToxicEntry>();
        for (var node : given.get()) {
            var toxic = ToxicEntry.read(new GoJson(node, STRUCT));
            if (toxics.stream().anyMatch(other -> other.name().equals(toxic.name()))) {
                throw new ApiProblem(ApiProblem.CONFLICT, "toxic already exists");
            }
            toxics.add(toxic);
        }
        return Optional.of(toxics);
    }

    private static ApiProblem missing(String field) {
        return new ApiProblem(ApiProblem.BAD_REQUEST, "missing required field: " + field);
    }
}
