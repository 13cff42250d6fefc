package io.ordeal.campaign.read;

import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
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

    private static final List<String> LOAD_KEYS = List.of(
            "users", "rate", "arrivals", "iterations", "for", "over", "step", "every", "poisson", "max-in-flight");

    private static final Map<String, String> LOAD_WORDS = Map.of(
            "vus", "users",
            "rps", "rate",
            "requests", "arrivals",
            "duration", "for",
            "target", "users",
            "maxInFlight", "max-in-flight",
            "random", "poisson",
            "judge", "judged");
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
                    "graceful-stop",
                    "feeders",
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
            List.of("weight", "think", "steps", "load", "start", "tags", "feeders", "pace", "cookies", "auth"),
            Map.ofEntries(
                    Map.entry("thinkTime", "think"),
                    Map.entry("pause", "think"),
                    Map.entry("sleep", "think"),
                    Map.entry("requests", "steps"),
                    Map.entry("tasks", "steps"),
                    Map.entry("phases", "load"),
                    Map.entry("startTime", "start"),
                    Map.entry("labels", "tags"),
                    Map.entry("data", "feeders"),
                    Map.entry("pacing", "pace"),
                    Map.entry("credentials", "auth")));

    static final Keys STEP = new Keys(
            "step",
            Stream.of(
                            METHODS.stream(),
                            CONVERSATION.stream(),
                            Stream.of(
                                    "name", "headers", "body", "timeout", "check", "extract", "measure", "retry",
                                    "think", "until", "token"))
                    .flatMap(words -> words)
                    .toList(),
            Map.of(
                    "json",
                    "body",
                    "url",
                    "get",
                    "saveAs",
                    "extract",
                    "retries",
                    "retry",
                    "ws",
                    "websocket",
                    "sse",
                    "events"));

    static final Keys CHECK = new Keys(
            "check",
            List.of("status", "contains", "matches", "json", "size", "within"),
            Map.of(
                    "code", "status",
                    "body", "contains",
                    "text", "contains",
                    "regex", "matches",
                    "jsonpath", "json",
                    "length", "size",
                    "time", "within"));

    static final Keys EXTRACTION = new Keys(
            "extraction",
            List.of("json", "regex", "header", "or"),
            Map.of("jsonpath", "json", "path", "json", "default", "or", "pattern", "regex"));

    static final Keys RETRY = new Keys(
            "retry",
            List.of("on", "attempts", "backoff", "factor", "cap", "jitter", "retry-after"),
            Map.of("max", "attempts", "delay", "backoff", "retryAfter", "retry-after", "statuses", "on"));

    static final Keys FEEDER = new Keys(
            "feeder",
            List.of("file", "rows", "order", "at-end"),
            Map.of("csv", "file", "path", "file", "strategy", "order", "atEnd", "at-end", "data", "rows"));

    static final Keys AUTH = new Keys("auth", List.of("basic", "bearer"), Map.of("token", "bearer"));

    static final Keys BASIC = new Keys("basic", List.of("user", "password"), Map.of("username", "user"));

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
            Stream.of(Stream.of("name"), LOAD_KEYS.stream(), Stream.of("judged", "until"))
                    .flatMap(keys -> keys)
                    .toList(),
            LOAD_WORDS);

    static final Keys LOAD = new Keys("load", LOAD_KEYS, LOAD_WORDS);

    static final Keys FAULT = new Keys(
            "fault",
            Stream.of(
                            Stream.of("id", "use", "kind"),
                            Arrays.stream(FaultKind.values()).map(FaultKind::published),
                            Arrays.stream(FaultKind.values())
                                    .flatMap(kind -> kind.parameters().stream())
                                    .map(FaultParameter::name),
                            Stream.of("on", "at", "for", "fraction", "ramp"))
                    .flatMap(words -> words)
                    .distinct()
                    .toList(),
            Map.of(
                    "duration", "for",
                    "target", "on",
                    "toxicity", "fraction",
                    "name", "id",
                    "stop", "pause",
                    "start", "at"));

    static final Keys FAULT_FILE = new Keys(
            "the fault",
            List.of("id", "name", "description", "expect", "for", "faults"),
            Map.of("duration", "for", "title", "name", "expected", "expect", "fault", "faults"));

    static final Keys FAULT_PART = new Keys(
            "fault",
            Stream.concat(
                            Stream.of("kind", "on", "at", "for", "fraction", "ramp"),
                            Arrays.stream(FaultKind.values())
                                    .flatMap(kind -> kind.parameters().stream())
                                    .map(FaultParameter::name))
                    .distinct()
                    .toList(),
            Map.of("duration", "for", "target", "on", "toxicity", "fraction", "type", "kind"));

    static final Keys OBJECTIVE = new Keys(
            "objective", List.of("name", "expect", "openslo"), Map.of("that", "expect", "objective", "expect"));

    static final Keys OPENSLO = new Keys("the document", List.of("apiVersion", "kind", "metadata", "spec"), Map.of());

    static final Keys OPENSLO_METADATA =
            new Keys("metadata", List.of("name", "displayName", "labels", "annotations"), Map.of());

    static final Keys OPENSLO_SLO = new Keys(
            "the spec of an SLO",
            List.of(
                    "description",
                    "service",
                    "indicator",
                    "indicatorRef",
                    "timeWindow",
                    "budgetingMethod",
                    "objectives",
                    "alertPolicies"),
            Map.of());

    static final Keys OPENSLO_AIM = new Keys(
            "an objective of an SLO",
            List.of(
                    "displayName",
                    "op",
                    "value",
                    "target",
                    "targetPercent",
                    "timeSliceTarget",
                    "timeSliceWindow",
                    "indicator",
                    "indicatorRef",
                    "compositeWeight"),
            Map.of());

    static final Keys OPENSLO_INDICATOR = new Keys("an indicator", List.of("metadata", "spec"), Map.of());

    static final Keys OPENSLO_SLI =
            new Keys("the spec of an SLI", List.of("description", "thresholdMetric", "ratioMetric"), Map.of());

    static final Keys OPENSLO_RATIO =
            new Keys("a ratioMetric", List.of("counter", "good", "bad", "total", "rawType", "raw"), Map.of());

    static final Keys OPENSLO_METRIC = new Keys("a metric", List.of("metricSource"), Map.of());

    static final Keys OPENSLO_SOURCE = new Keys("a metricSource", List.of("metricSourceRef", "type", "spec"), Map.of());

    static final Keys OPENSLO_REQUESTS = new Keys("what is counted", List.of("requests", "of", "tagged"), Map.of());

    static final Keys OPENSLO_MEASURE =
            new Keys("what is measured", List.of("latency", "measure", "unit", "of", "tagged", "on"), Map.of());

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
