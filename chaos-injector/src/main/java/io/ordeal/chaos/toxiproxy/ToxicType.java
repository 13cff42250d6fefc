package io.ordeal.chaos.toxiproxy;

import io.ordeal.chaos.proxy.Effect;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The types of toxics: Toxiproxy's, and behind them ours. A number out of its range does what the nearest one in it
/// does.
@SuppressWarnings("ImmutableEnumChecker") // its lists are copies that cannot be changed
enum ToxicType {
    LATENCY("Latency", whole("latency"), whole("jitter")),
    BANDWIDTH("Bandwidth", whole("rate")),
    SLOW_CLOSE("SlowClose", whole("delay")),
    TIMEOUT("Timeout", whole("timeout")),
    RESET_PEER("ResetPeer", whole("timeout")),
    SLICER("Slicer", whole("average_size"), whole("size_variation"), whole("delay")),
    LIMIT_DATA("LimitData", whole("bytes")),
    NOOP("Noop"),
    LOSS("Loss", part("loss", "0"), new Attribute("stall", true, new BigDecimal(200))),
    HTTP_STATUS("HttpStatus", new Attribute("status", true, new BigDecimal(503)), part("share", "1")),
    HTTP_DELAY("HttpDelay", whole("delay"), part("share", "1")),
    HTTP_CUT("HttpCut", whole("after"), part("share", "1"));

    private static final long MOST_MILLIS = 1_000_000_000_000L;
    private static final long MOST_KILOBYTES = 1_000_000_000L;
    private static final int NANOS_IN_MILLI = 1_000_000;

    private final String struct;
    private final List<Attribute> attributes;

    /// A number that a toxic has.
    ///
    /// @param whole whether it is a whole number
    /// @param usual its value where none is given
    private record Attribute(String name, boolean whole, BigDecimal usual) {}

    ToxicType(String struct, Attribute... attributes) {
        this.struct = struct + "Toxic";
        this.attributes = List.of(attributes);
    }

    String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the type that is published as `name`, exactly.
    static Optional<ToxicType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.published().equals(name))
                .findAny();
    }

    /// Returns the attributes of a toxic for which nothing is given.
    Map<String, BigDecimal> usual() {
        var values = new LinkedHashMap<String, BigDecimal>();
        attributes.forEach(attribute -> values.put(attribute.name(), attribute.usual()));
        return values;
    }

    /// Returns `current` with what `body` gives under `attributes`.
    Map<String, BigDecimal> merged(Map<String, BigDecimal> current, GoJson body) throws ApiProblem {
        var values = new LinkedHashMap<>(current);
        var given = body.field("attributes");
        if (given.isEmpty()) {
            return values;
        }
        var fields = new GoJson(given.get(), struct);
        fields.object("toxics." + struct);
        for (var attribute : attributes) {
            var name = attribute.name();
            var value = attribute.whole()
                    ? fields.whole(name).map(BigDecimal::valueOf)
                    : fields.real(name).map(number -> new BigDecimal(number.toString()));
            value.ifPresent(number -> values.put(name, number));
        }
        if (this == HTTP_STATUS) {
            int status = values.getOrDefault("status", BigDecimal.ZERO).intValue();
            if (status < 200 || status > 599) {
                throw ApiProblem.badBody("status must be from 200 to 599");
            }
        }
        return values;
    }

    /// Returns what it does.
    Effect effect(Map<String, BigDecimal> values) {
        return switch (this) {
            case LATENCY -> new Effect.Latency(nanos(values, "latency"), nanos(values, "jitter"), 0);
            case BANDWIDTH -> new Effect.Bandwidth(Math.clamp(number(values, "rate"), 0, MOST_KILOBYTES) * 1000, 0);
            case SLOW_CLOSE -> new Effect.SlowClose(nanos(values, "delay"));
            case TIMEOUT -> new Effect.Timeout(nanos(values, "timeout"));
            case RESET_PEER -> new Effect.ResetLater(nanos(values, "timeout"));
            case SLICER ->
                new Effect.Slice(
                        Math.max(0, number(values, "average_size")),
                        Math.max(0, number(values, "size_variation")),
                        nanos(values, "delay") / 1000);
            case LIMIT_DATA -> new Effect.Limit(Math.max(0, number(values, "bytes")));
            case NOOP -> new Effect.Nothing();
            case LOSS -> new Effect.Loss(real(values, "loss"), nanos(values, "stall"));
            case HTTP_STATUS -> new Effect.HttpStatus((int) number(values, "status"), real(values, "share"));
            case HTTP_DELAY -> new Effect.HttpDelay(nanos(values, "delay"), real(values, "share"));
            case HTTP_CUT -> new Effect.HttpCut(Math.max(0, number(values, "after")), real(values, "share"));
        };
    }

    private static long nanos(Map<String, BigDecimal> values, String name) {
        return Math.clamp(number(values, name), 0, MOST_MILLIS) * NANOS_IN_MILLI;
    }

    private static long number(Map<String, BigDecimal> values, String name) {
        return values.getOrDefault(name, BigDecimal.ZERO).longValue();
    }

    private static double real(Map<String, BigDecimal> values, String name) {
        return values.getOrDefault(name, BigDecimal.ZERO).doubleValue();
    }

    private static Attribute whole(String name) {
        return new Attribute(name, true, BigDecimal.ZERO);
    }

    private static Attribute part(String name, String usual) {
        return new Attribute(name, false, new BigDecimal(usual));
    }
}
