package io.ordeal.aggregator;

import io.ordeal.runtime.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Sets aside, within the transaction, what cannot be accepted: byte for byte, with its origin and the reason.
final class Letters {
    private Letters() {}

    static void send(
            ProcessorContext<byte[], Outgoing> context, Record<byte[], byte[]> record, String reason, Metrics metrics) {
        var headers = new RecordHeaders(record.headers());
        headers.add(DeadLetters.REASON, bytes(reason));
        context.recordMetadata()
                .ifPresent(origin -> headers.add("ordeal.topic", bytes(origin.topic()))
                        .add("ordeal.partition", bytes(String.valueOf(origin.partition())))
                        .add("ordeal.offset", bytes(String.valueOf(origin.offset()))));
        var key = record.key() == null ? new byte[0] : record.key();
        var value = record.value() == null ? new byte[0] : record.value();
        context.forward(
                new Record<>(key, new Outgoing(Outgoing.Address.DEAD_LETTER, key, value), record.timestamp(), headers));
        metrics.deadLetter();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
