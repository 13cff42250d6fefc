package io.ordeal.chaos.sample;

import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topic of samples, keyed by host and process. While the broker is silent samples are dropped: old ones are worth
/// nothing, and faults must not feel it.
public final class KafkaSamples implements SampleOutlet {
    /// What the producer needs: it never waits long for a broker.
    public static final Map<String, Object> PROPERTIES = Map.of("max.block.ms", "2000");

    private static final Logger log = LoggerFactory.getLogger(KafkaSamples.class);
    private static final int MOST_UNHEARD = 256;

    private final Publisher<ResourceSample> publisher;
    private final AtomicInteger unheard = new AtomicInteger();

    private KafkaSamples(Publisher<ResourceSample> publisher) {
        this.publisher = publisher;
    }

    /// Opens the outlet; it closes `publisher` with itself.
    public static KafkaSamples open(Publisher<ResourceSample> publisher) {
        return new KafkaSamples(publisher);
    }

    @Override
    public void say(ResourceSample sample) {
        if (unheard.get() >= MOST_UNHEARD) {
            return;
        }
        unheard.incrementAndGet();
        try {
            var _ = publisher
                    .publish(sample.host() + "/" + sample.process(), sample)
                    .whenComplete((_, _) -> unheard.decrementAndGet());
        } catch (RuntimeException e) {
            unheard.decrementAndGet();
            log.atDebug().setCause(e).log("a sample could not be published");
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
