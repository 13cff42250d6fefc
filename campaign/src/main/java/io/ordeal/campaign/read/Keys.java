package io.ordeal.campaign.read;

import io.ordeal.campaign.document.FaultKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys that a mapping may have.
///
/// @param what the thing that the mapping describes, as messages name it
/// @param allowed in the order in which messages list them
/// @param elsewhere words of other tools, with the key that is meant
record Keys(String what, List<String> allowed, Map<String, String> elsewhere) {
    static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch", "head");

    static final List<String> CONVERSATION = List.of("websocket", "send", "expect", "close", "drop", "events");

    static final Keys CAMPAIGN = new Keys(
            "the campaign",
            List.of(
                    "name",
                    "description",
                    "target",
                    "scenarios",
                    "phases",
                    "faults",
                    "objectives",
                    "guards",
                    "seed",
                    "window",
                    "segments",
                    "timeout",
                    "connect-timeout",
                    "connections",
                    "tls"),
            Map.of(
                    "thresholds", "objectives",
                    "slos", "objectives",
                    "slo", "objectives",
                    "stages", "phases",
                    "toxics", "faults",
                    "chaos", "faults",
                    "host", "target",
                    "url", "target",
                    "users", "phases",
                    "hypothesis", "description"));

    static final Keys SCENARIO = new Keys(
            "scenario",
            List.of("weight", "think", "steps"),
            Map.of("thinkTime", "think", "pause", "think", "sleep", "think", "requests", "steps", "tasks", "steps"));

    static final Keys STEP = new Keys(
            "step",
            Stream.of(
                            METHODS.stream(),
                            CONVERSATION.stream(),
                            Stream.of("name", "headers", "body", "timeout", "check", "until", "token"))
                    .flatMap(words -> words)
                    .toList(),
            Map.of("json", "body", "url", "get", "think", "timeout", "ws", "websocket", "sse", "events"));

    static final Keys CHECK = new Keys(
            "check", List.of("status", "contains"), Map.of("code", "status", "body", "contains", "text", "contains"));

    static final Keys CONNECTIONS = new Keys(
            "connections",
            List.of("shared", "protocol", "streams", "churn", "storm"),
            Map.of("pool", "shared", "http", "protocol", "version", "protocol", "multiplexing", "streams"));

    static final Keys TLS = new Keys(
            "tls",
            List.of("authorities", "certificate", "key", "server-name", "trust-all"),
            Map.of(
                    "ca", "authorities",
                    "cacert", "authorities",
                    "cert", "certificate",
                    "sni", "server-name",
                    "insecure", "trust-all"));

    static final Keys EVENTS = new Keys("events", METHODS, Map.of());

    static final Keys PHASE = new Keys(
            "phase",
            List.of("name", "users", "rate", "for", "over", "judged", "max-in-flight"),
            Map.of(
                    "vus", "users",
                    "arrivals", "rate",
                    "rps", "rate",
                    "duration", "for",
                    "target", "users",
                    "maxInFlight", "max-in-flight",
                    "judge", "judged"));

    static final Keys FAULT = new Keys(
            "fault",
            Stream.of(
                            Stream.of("id", "kind"),
                            Arrays.stream(FaultKind.values()).map(FaultKind::word),
                            Stream.of("jitter", "direction", "cores", "on", "at", "for", "fraction", "ramp"))
                    .flatMap(words -> words)
                    .toList(),
            Map.of(
                    "duration", "for",
                    "target", "on",
                    "toxicity", "fraction",
                    "delay", "latency",
                    "name", "id",
                    "stop", "pause",
                    "start", "at"));

    static final Keys OBJECTIVE =
            new Keys("objective", List.of("name", "expect"), Map.of("that", "expect", "objective", "expect"));

    Keys {
        allowed = List.copyOf(allowed);
        elsewhere = Map.copyOf(elsewhere);
    }

    /// Returns the keys together with more of them.
    Keys with(List<String> more) {
        return new Keys(
                what, Stream.concat(allowed.stream(), more.stream()).distinct().toList(), elsewhere);
    }

    /// Returns the key that was meant by `word`: the nearest of these keys and of the words of other tools.
    Optional<String> meant(String word) {
        var known = Stream.concat(allowed.stream(), elsewhere.keySet().stream().sorted())
                .toList();
        return Words.nearest(word, known).map(nearest -> elsewhere.getOrDefault(nearest, nearest));
    }
}
