package io.ordeal.generator.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the timing events of a whole process on one thread of its own, because Kafka's `send` may block and an
/// event loop must not. What waits is bounded: beyond that events are lost, and counted.
public final class TimingPublisher implements Courier, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TimingPublisher.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    /// How long the producer tries to publish an event before it is lost.
    public static final Duration DELIVERY = Duration.ofMinutes(2);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final long limit;
    private final ConcurrentLinkedQueue<Parcel> parcels = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    private TimingPublisher(Producer<byte[], byte[]> producer, String topic, long limit) {
        this.producer = producer;
        this.topic = topic;
        this.limit = limit;
        this.thread = Thread.ofPlatform().name("ordeal-publisher").daemon().unstarted(this::run);
    }

    /// Starts publishing to `topic` through `producer`, which it then owns.
    ///
    /// @param limit most events that may wait
    public static TimingPublisher start(Producer<byte[], byte[]> producer, String topic, long limit) {
        var publisher = new TimingPublisher(producer, topic, limit);
        publisher.thread.start();
        return publisher;
    }

    /// Returns `producer`, the configuration of an idempotent one, for many small records: large batches, light
    /// compression, and 60 ms to fill a batch: 10,000 events per second then take 16.7 bytes each, 18.3 with 25 ms.
    public static Map<String, Object> batching(Map<String, Object> producer) {
        var configuration = new HashMap<>(producer);
        configuration.put("linger.ms", 60);
        configuration.put("delivery.timeout.ms", (int) DELIVERY.toMillis());
        configuration.put("batch.size", 256 << 10);
        configuration.put("buffer.memory", 64L << 20);
        configuration.put("compression.type", "zstd");
        configuration.put("compression.zstd.level", 1);
        return configuration;
    }

    /// Returns how many events the broker has not acknowledged yet.
    public long waiting() {
        return waiting.get();
    }

    /// Returns how many events of all lanes were lost because too many waited.
    public long lost() {
        return lost.get();
    }

    @Override
    public boolean reserve() {
        if (waiting.get() + Parcel.ROOM > limit || closed) {
            return false;
        }
        waiting.addAndGet(Parcel.ROOM);
        return true;
    }

    @Override
    public void lose(Lane lane) {
        lane.lose(1);
        lost.incrementAndGet();
    }

    @Override
    public void hand(Parcel parcel, boolean reserved) {
        waiting.addAndGet(parcel.events() - (reserved ? Parcel.ROOM : 0));
        parcels.add(parcel);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed || !parcels.isEmpty()) {
            var parcel = parcels.poll();
            if (parcel == null) {
                LockSupport.park(this);
            } else {
                send(parcel);
            }
        }
    }

    private void send(Parcel parcel) {
        var lane = parcel.lane();
        int events = parcel.events();
        for (int place = 0; place < parcel.size(); place++) {
            send(lane, parcel.value(place), place == events - 1 ? last(lane, events) : callback(lane, place < events));
        }
    }

    private static Callback callback(Lane lane, boolean event) {
        return event ? lane.onEvent() : lane.onTick();
    }

    /// The broker settles the events of a lane in order, so those of a parcel have ceased to wait with its last one.
    private Callback last(Lane lane, int events) {
        return (metadata, failure) -> {
            lane.onEvent().onCompletion(metadata, failure);
            waiting.addAndGet(-events);
        };
    }

    private void send(Lane lane, byte[] value, Callback callback) {
        try {
            var _ = producer.send(new ProducerRecord<>(topic, lane.partition(), lane.key(), value), callback);
        } catch (KafkaException | IllegalStateException e) {
            log.atError().setCause(e).log("an event could not be given to the producer");
            callback.onCompletion(null, e);
        }
    }

    /// Sends what waits, then closes the producer.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(CLOSING)) {
                log.atWarn().addKeyValue("events", waiting.get()).log("events were left behind when closing");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSING);
    }
}
