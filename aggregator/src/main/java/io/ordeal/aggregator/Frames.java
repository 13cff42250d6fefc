package io.ordeal.aggregator;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.Wire;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.Topic;

/// The contract's records as bytes, and back.
interface Frames {
    /// Returns the timing that `bytes` hold, or why they hold none.
    Decoded<Timing> timing(byte[] bytes);

    /// Returns the record of `topic` that `bytes` hold, or why they hold none.
    <T> Decoded<T> decode(Topic topic, Class<T> type, byte[] bytes);

    /// Returns `record` as a value of `topic`.
    <T> byte[] encode(Topic topic, Class<T> type, T record);

    /// Returns the frames whose schemas are in the registry.
    static Frames of(Wire wire) {
        return new Frames() {
            @Override
            public Decoded<Timing> timing(byte[] bytes) {
                return wire.decodeTiming(bytes);
            }

            @Override
            public <T> Decoded<T> decode(Topic topic, Class<T> type, byte[] bytes) {
                return wire.decode(topic, type, bytes);
            }

            @Override
            public <T> byte[] encode(Topic topic, Class<T> type, T record) {
                return wire.encode(topic, type, record);
            }
        };
    }
}
