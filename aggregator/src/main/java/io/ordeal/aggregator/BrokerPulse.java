package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Watch;
import io.ordeal.runtime.Settings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Beats on the lifecycle topic, outside of the transaction (docs/adr/0014).
///
/// While the broker has not answered to a run's last beat there is no next one: the beats of a frozen broker's clients
/// would otherwise wait in their buffers, and in the end tell of a life that nobody could have seen. Thread-safe.
final class BrokerPulse implements Pulse {
    private static final Logger log = LoggerFactory.getLogger(BrokerPulse.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final String source;
    private final Frames frames;
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private BrokerPulse(KafkaProducer<byte[], byte[]> producer, String topic, String source, Frames frames) {
        this.producer = producer;
        this.topic = topic;
        this.source = source;
        this.frames = frames;
    }

    static BrokerPulse open(Settings settings, Frames frames) {
        var configuration = settings.kafka().producer();
        configuration.put("max.block.ms", 500);
        return new BrokerPulse(
                new KafkaProducer<>(configuration),
                settings.kafka().topic(Topic.LIFECYCLE),
                Watch.COMPONENT + "@" + settings.instance(),
                frames);
    }

    @Override
    public void beat(String run, Instant at) {
        if (!unanswered.add(run)) {
            return;
        }
        var event = new LifecycleEvent(run, at, source, new LifecycleEvent.Heartbeat(Watch.COMPONENT, List.of()));
        var value = frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event);
        try {
            var _ = producer.send(
                    new ProducerRecord<>(topic, run.getBytes(StandardCharsets.UTF_8), value),
                    (_, _) -> unanswered.remove(run));
        } catch (KafkaException e) {
            unanswered.remove(run);
            log.atWarn().addKeyValue("run", run).setCause(e).log("a beat could not be sent");
        }
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
