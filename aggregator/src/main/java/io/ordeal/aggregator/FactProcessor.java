package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.window.Segment;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.wire.Topic;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Passes on to runs the lifecycle events that matter for their verdicts.
final class FactProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private final Frames frames;
    private final Metrics metrics;
    private ProcessorContext<byte[], Outgoing> context;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    FactProcessor(Frames frames, Metrics metrics) {
        this.frames = frames;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        switch (frames.decode(Topic.LIFECYCLE, LifecycleEvent.class, record.value())) {
            case Decoded.Good<LifecycleEvent>(var event) -> {
                if (Facts.matters(event.event()) && Segment.valid(event.run())) {
                    var outgoing = new Relay.Fact(record.value()).to(event.run());
                    context.forward(new Record<>(outgoing.key(), outgoing, record.timestamp()));
                }
            }
            case Decoded.Poison<LifecycleEvent>(var reason) -> Letters.send(context, record, reason, metrics);
        }
    }
}
