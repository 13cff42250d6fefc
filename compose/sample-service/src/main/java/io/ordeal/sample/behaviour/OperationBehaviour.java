package io.ordeal.sample.behaviour;

/// How one operation behaves.
///
/// @param latency the time it takes beyond its own work
/// @param errorRate the fraction of requests, 0 to 1, that is answered with `errorStatus` and has no effect
/// @param errorStatus 400 to 599
/// @param concurrency how many are worked on at once, at least 1
/// @param queue how many more may wait; beyond it the answer is 503
public record OperationBehaviour(Latency latency, double errorRate, int errorStatus, int concurrency, int queue) {

    private static final int MOST = 1_000_000;

    /// Reads the behaviour of all operations, in which nothing may be missing.
    static OperationBehaviour all(Fields fields) {
        OperationBehaviour behaviour = new OperationBehaviour(
                fields.latency("latency"),
                fields.number("errorRate", 0, 1),
                (int) fields.whole("errorStatus", 400, 599),
                (int) fields.whole("concurrency", 1, MOST),
                (int) fields.whole("queue", 0, MOST));
        fields.refuseUnknown();
        return behaviour;
    }

    /// Reads what one operation does otherwise than `base`.
    static OperationBehaviour over(OperationBehaviour base, Fields fields) {
        OperationBehaviour behaviour = new OperationBehaviour(
                fields.latency("latency", base.latency),
                fields.number("errorRate", 0, 1, base.errorRate),
                (int) fields.whole("errorStatus", 400, 599, base.errorStatus),
                (int) fields.whole("concurrency", 1, MOST, base.concurrency),
                (int) fields.whole("queue", 0, MOST, base.queue));
        fields.refuseUnknown();
        return behaviour;
    }
}
