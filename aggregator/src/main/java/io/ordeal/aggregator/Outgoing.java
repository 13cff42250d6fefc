package io.ordeal.aggregator;

/// A record on its way out of a stage.
///
/// @param to where it goes
@SuppressWarnings("ArrayRecordComponent") // a message in transit, never compared
record Outgoing(Address to, byte[] key, byte[] value) {
    /// RUN: the second stage, by run. The others are topics of the contract.
    enum Address {
        RUN,
        WINDOWS,
        VERDICTS,
        DEAD_LETTER
    }
}
