package io.ordeal.benchmarks;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowVerdict;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// What the aggregator has told, as a reader of committed records sees it.
final class Told implements AutoCloseable {
    private final Bench.Topics topics;
    private final Thread reader;
    private final Map<String, RunVerdict> verdicts = new ConcurrentHashMap<>();
    private final Map<String, Instant> windows = new ConcurrentHashMap<>();
    private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    Told(Bench.Topics topics) {
        this.topics = topics;
        this.reader = Thread.ofPlatform().name("told").start(this::read);
    }

    private void read() {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(topics.kafka().consumer())) {
            var partition = List.of(new TopicPartition(topics.kafka().topic(Topic.VERDICTS), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            while (!closed) {
                for (var record : consumer.poll(Duration.ofMillis(20))) {
                    if (topics.wire().decode(Topic.VERDICTS, VerdictEvent.class, record.value())
                            instanceof Decoded.Good<VerdictEvent>(var event)) {
                        heard(event);
                    }
                }
            }
        }
    }

    private void heard(VerdictEvent event) {
        switch (event.verdict()) {
            case WindowVerdict _ -> {
                windows.put(event.run(), event.at());
                delays.add(Duration.between(event.at(), Instant.now()).toMillis());
            }
            case RunVerdict verdict -> verdicts.put(event.run(), verdict);
            default -> {
                // made-up runs have no faults
            }
        }
    }

    /// Waits until windows of `run` were told up to `end`.
    void awaitWindow(String run, Instant end) {
        while (windows.getOrDefault(run, Instant.EPOCH).isBefore(end) && !verdicts.containsKey(run)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Waits for the verdict on `run`.
    RunVerdict awaitVerdict(String run) {
        while (true) {
            var verdict = Optional.ofNullable(verdicts.get(run));
            if (verdict.isPresent()) {
                return verdict.get();
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Returns how long after its window each verdict on a window was read, sorted; milliseconds.
    List<Long> delays() {
        return delays.stream().sorted().toList();
    }

    /// Returns the verdicts on runs.
    Collection<RunVerdict> verdicts() {
        return verdicts.values();
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
