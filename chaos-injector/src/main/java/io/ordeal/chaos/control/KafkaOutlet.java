package io.ordeal.chaos.control;

import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lifecycle topic. What the broker acknowledges is heard; while it is silent, events wait in order and
/// heartbeats
/// are left out.
public final class KafkaOutlet implements Outlet, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final int MOST_BEATS = 3;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String source;
    private final Publisher<LifecycleEvent> publisher;
    private final LinkedBlockingQueue<LifecycleEvent> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger unheard = new AtomicInteger();
    private final AtomicLong heardAt = new AtomicLong(System.nanoTime());
    private final Thread sender;
    private volatile boolean closed;

    private KafkaOutlet(String source, Publisher<LifecycleEvent> publisher) {
        this.source = source;
        this.publisher = publisher;
        this.sender = Thread.ofVirtual().name("lifecycle").unstarted(this::send);
    }

    /// Opens the outlet of the instance called `source`; it closes `publisher` with itself.
    public static KafkaOutlet open(String source, Publisher<LifecycleEvent> publisher) {
        var outlet = new KafkaOutlet(source, publisher);
        outlet.sender.start();
        return outlet;
    }

    @Override
    public void say(String run, Instant at, LifecycleEvent.Event event) {
        if (!(event instanceof LifecycleEvent.Heartbeat) || unheard.get() < MOST_BEATS) {
            unheard.incrementAndGet();
            waiting.add(new LifecycleEvent(run, at, source, event));
        }
    }

    @Override
    public long heardAt() {
        return heardAt.get();
    }

    /// Sends what waits, for some seconds at most, and closes.
    @Override
    public void close() {
        closed = true;
        try {
            if (!sender.join(CLOSING)) {
                sender.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
    }

    private void send() {
        try {
            while (!closed || !waiting.isEmpty()) {
                var event = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (event != null) {
                    send(event);
                }
            }
        } catch (InterruptedException _) {
            // closing has taken too long
        }
    }

    private void send(LifecycleEvent event) {
        try {
            var _ = publisher.publish(event.run(), event).whenComplete((_, failure) -> {
                unheard.decrementAndGet();
                if (failure == null) {
                    heardAt.set(System.nanoTime());
                } else {
                    log.atError().setCause(failure).addKeyValue("event", event).log("an event was not published");
                }
            });
        } catch (RuntimeException e) {
            unheard.decrementAndGet();
            log.atError().setCause(e).addKeyValue("event", event).log("an event could not be published");
        }
    }
}
