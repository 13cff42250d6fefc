package io.ordeal.sample.behaviour;

import java.time.Duration;

/// What the document store accepts, and when a document can be found.
///
/// @param indexingDelay from the upload until a search finds it
/// @param capacityBytes of all documents together; beyond it an upload gets 507
/// @param minFreeBytes that must stay free on the disk of the data directory; below it an upload gets 507
public record DocumentLimits(Duration indexingDelay, long capacityBytes, long minFreeBytes) {

    static DocumentLimits read(Fields fields) {
        DocumentLimits limits = new DocumentLimits(
                Duration.ofMillis(fields.whole("indexingDelayMs", 0, (long) Latency.LONGEST_MS)),
                fields.whole("capacityBytes", 0, Long.MAX_VALUE),
                fields.whole("minFreeBytes", 0, Long.MAX_VALUE));
        fields.refuseUnknown();
        return limits;
    }
}
