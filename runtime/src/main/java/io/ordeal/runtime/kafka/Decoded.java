package io.ordeal.runtime.kafka;

/// What bytes turned out to be.
///
/// @param <T> the record that was expected
public sealed interface Decoded<T> {
    /// The record.
    record Good<T>(T value) implements Decoded<T> {}

    /// No such record, for ever: reading the bytes again will not help.
    record Poison<T>(String reason) implements Decoded<T> {}
}
