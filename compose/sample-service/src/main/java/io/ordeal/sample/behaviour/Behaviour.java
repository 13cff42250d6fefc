package io.ordeal.sample.behaviour;

import io.ordeal.sample.limits.CircuitBreaker;
import io.ordeal.sample.limits.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Everything about the service that can be changed while it runs, read from one JSON document.
///
/// @param document the whole document, defaults included
/// @param seed of all randomness: the same requests in the same order get the same latencies and errors
/// @param operations how each operation behaves
/// @param rateLimit per user, off by default
/// @param inference what inference generates
/// @param documents what the document store accepts
/// @param model how the downstream behaves
/// @param breaker when calls to the downstream are cut
public record Behaviour(
        Map<String, Object> document,
        long seed,
        Map<Operation, OperationBehaviour> operations,
        RateLimiter.Policy rateLimit,
        InferencePace inference,
        DocumentLimits documents,
        ModelBehaviour model,
        CircuitBreaker.Policy breaker) {

    /// What reading a document gave.
    public sealed interface Reading {}

    /// The document says a behaviour.
    public record Valid(Behaviour behaviour) implements Reading {}

    /// The document is wrong in these places: all of them, never none.
    public record Invalid(List<String> problems) implements Reading {}

    /// How operation `it` behaves.
    public OperationBehaviour of(Operation it) {
        OperationBehaviour behaviour = operations.get(it);
        if (behaviour == null) {
            throw new IllegalStateException("no behaviour for " + it);
        }
        return behaviour;
    }

    /// Reads a whole document, in which nothing may be missing: lay a partial one over a whole one with [MergePatch].
    public static Reading read(Map<String, Object> document) {
        List<String> problems = new ArrayList<>();
        Fields root = new Fields("", document, problems);
        Behaviour behaviour = new Behaviour(
                document,
                root.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                operations(root, problems),
                rateLimit(root.object("rateLimit")),
                InferencePace.read(root.object("inference")),
                DocumentLimits.read(root.object("documents")),
                ModelBehaviour.read(root.object("model")),
                breaker(root.object("breaker")));
        root.refuseUnknown();
        return problems.isEmpty() ? new Valid(behaviour) : new Invalid(List.copyOf(problems));
    }

    private static Map<Operation, OperationBehaviour> operations(Fields root, List<String> problems) {
        OperationBehaviour base = OperationBehaviour.all(root.object("default"));
        Map<Operation, OperationBehaviour> operations = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            operations.put(operation, base);
        }
        root.object("operations")
                .members()
                .forEach((label, fields) -> Operation.labelled(label)
                        .filter(it -> !it.isHousekeeping())
                        .ifPresentOrElse(
                                it -> operations.put(it, OperationBehaviour.over(base, fields)),
                                () -> problems.add("operations." + label + ": unknown; known here are " + labels())));
        return operations;
    }

    private static String labels() {
        List<String> labels = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            if (!operation.isHousekeeping()) {
                labels.add(operation.label());
            }
        }
        return String.join(", ", labels);
    }

    private static RateLimiter.Policy rateLimit(Fields fields) {
        RateLimiter.Policy policy = new RateLimiter.Policy(
                (int) fields.whole("perMinute", 0, 60_000_000), (int) fields.whole("burst", 1, 1_000_000));
        fields.refuseUnknown();
        return policy;
    }

    private static CircuitBreaker.Policy breaker(Fields fields) {
        int window = (int) fields.whole("window", 1, 10_000);
        CircuitBreaker.Policy policy = new CircuitBreaker.Policy(
                window,
                (int) fields.whole("minimumCalls", 1, window),
                fields.number("failureRate", 0.01, 1),
                Duration.ofMillis(fields.whole("openMs", 1, (long) Latency.LONGEST_MS)),
                (int) fields.whole("trialCalls", 1, 1000));
        fields.refuseUnknown();
        return policy;
    }
}
