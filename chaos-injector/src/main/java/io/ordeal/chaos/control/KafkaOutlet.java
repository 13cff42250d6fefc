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

/// The lifecycle topic. What the broker acknowledges is heard; while it is silent, events wait in order. Heartbeats are
/// left out then, and from ten thousand on, answers to commands that were not carried out.
public final class KafkaOutlet implements Outlet, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final int MOST_BEATS = 3;
    private static final int MOST_ANSWERS = 10_000;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String source;
    private final Publisher<LifecycleEvent> publisher;
    private final LinkedBlockingQueue<LifecycleEvent> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger unheard = new AtomicInteger();
    private final AtomicLong leftOut = new AtomicLong();
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
        if (unheard.get() < most(event)) {
            unheard.incrementAndGet();
            waiting.add(new LifecycleEvent(run, at, source, event));
        } else if (!(event instanceof LifecycleEvent.Heartbeat) && leftOut.getAndIncrement() % MOST_ANSWERS == 0) {
            log.atWarn().addKeyValue("leftOut", leftOut.get()).log("answers to refused commands are left out");
        }
    }

    /// Facts about faults always wait, and the policy bounds their number. Answers to commands that were not carried
    /// out are as many as somebody sends.
    private static int most(LifecycleEvent.Event event) {
        return switch (event) {
            case LifecycleEvent.Heartbeat _ -> MOST_BEATS;
            case LifecycleEvent.FaultRejected _, LifecycleEvent.CommandRefused _, LifecycleEvent.FaultRehearsed _ ->
                MOST_ANSWERS;
            default -> Integer.MAX_VALUE;
        };
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
