package io.ordeal.generator.publish;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of one segment's events to the broker, under one owner: a partition, a key, and what has become of them.
/// Thread-safe.
public final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final int partition;
    private final byte[] key;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Callback onEvent = (_, failure) -> {
        if (failure == null) {
            published.incrementAndGet();
        } else {
            lose(1);
        }
    };
    private final Callback onTick;

    /// Leads to `partition`.
    public Lane(int partition, String run, int segment) {
        this.partition = partition;
        this.key = (run + "/" + segment).getBytes(StandardCharsets.UTF_8);
        this.onTick = (_, failure) -> {
            if (failure != null) {
                log.atError()
                        .setCause(failure)
                        .addKeyValue("run", run)
                        .addKeyValue("segment", segment)
                        .log("a tick could not be published");
            }
        };
    }

    /// Returns how many events the broker has acknowledged.
    public long published() {
        return published.get();
    }

    /// Returns how many events are lost.
    public long lost() {
        return lost.get();
    }

    void lose(long events) {
        lost.addAndGet(events);
    }

    int partition() {
        return partition;
    }

    byte[] key() {
        return key;
    }

    Callback onEvent() {
        return onEvent;
    }

    Callback onTick() {
        return onTick;
    }
}
