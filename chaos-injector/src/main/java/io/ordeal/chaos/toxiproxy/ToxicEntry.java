package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.proxy.Toxic;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A toxic as the API has it.
///
/// @param stream as it was written
/// @param lease it goes when nobody renews it; empty: it stays
record ToxicEntry(
        String name,
        ToxicType type,
        String stream,
        float toxicity,
        Map<String, BigDecimal> attributes,
        Optional<Lease> lease) {
    private static final String STRUCT = "ToxicWrapper";

    ToxicEntry {
        attributes = new LinkedHashMap<>(attributes);
    }

    /// Reads one that is to be made.
    static ToxicEntry read(GoJson json) throws ApiProblem {
        var body = new GoJson(json.node(), STRUCT).object("toxics." + STRUCT);
        var name = body.text("name").filter(text -> !text.isEmpty());
        var typeName = body.text("type").orElse("");
        var stream = body.text("stream").orElse("downstream");
        var toxicity = body.real("toxicity").orElse(1f);
        if (!stream.equalsIgnoreCase("upstream") && !stream.equalsIgnoreCase("downstream")) {
            throw new ApiProblem(ApiProblem.BAD_REQUEST, "stream was invalid, can be either upstream or downstream");
        }
        var type = ToxicType.named(typeName)
                .orElseThrow(() -> new ApiProblem(ApiProblem.BAD_REQUEST, "invalid toxic type"));
        return new ToxicEntry(
                name.orElse(typeName + "_" + stream),
                type,
                stream,
                toxicity,
                type.merged(type.usual(), body),
                Lease.read(body));
    }

    /// Returns this with what `json` changes: attributes and toxicity, and a lease where it has one.
    ToxicEntry updated(GoJson json) throws ApiProblem {
        var body = new GoJson(json.node(), STRUCT).object("toxics." + STRUCT);
        var renewed = Lease.read(body).or(() -> lease);
        return new ToxicEntry(
                name, type, stream, body.real("toxicity").orElse(toxicity), type.merged(attributes, body), renewed);
    }

    ToxicEntry leased(Lease renewed) {
        return new ToxicEntry(name, type, stream, toxicity, attributes, Optional.of(renewed));
    }

    boolean isUpstream() {
        return stream.equalsIgnoreCase("upstream");
    }

    Toxic toxic(long seed) {
        var direction = Direction.valueOf(stream.toUpperCase(Locale.ROOT));
        return new Toxic(name, type.effect(attributes), direction, toxicity, seed, System.nanoTime());
    }

    ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode();
        var values = node.putObject("attributes");
        attributes.forEach((attribute, value) -> values.put(attribute, shown(value)));
        node.put("name", name).put("type", type.published()).put("stream", stream);
        node.put("toxicity", shown(new BigDecimal(Float.toString(toxicity))));
        lease.ifPresent(l -> node.put("lease_ms", l.millis()));
        return node;
    }

    private static BigDecimal shown(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
