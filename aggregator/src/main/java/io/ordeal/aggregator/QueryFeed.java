package io.ordeal.aggregator;

import io.ordeal.aggregator.http.Board;
import io.ordeal.aggregator.query.Runs;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what the topics say of runs onto a board, on a thread of its own. It belongs to no group and commits nothing.
/// When the broker does not answer it begins again where it was.
final class QueryFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QueryFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /// More than twelve hours of a run with a window a second.
    private static final long MOST_RECORDS = 300_000;
    private static final List<Topic> TOPICS =
            List.of(Topic.OBJECTIVES, Topic.LIFECYCLE, Topic.WINDOWS, Topic.VERDICTS, Topic.RESOURCES);

    private final KafkaSettings settings;
    private final Frames frames;
    private final Board board;
    private final Duration back;
    private final Map<String, Topic> topics;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread;
    private volatile Optional<KafkaConsumer<byte[], byte[]>> reader = Optional.empty();
    private volatile boolean closed;

    private QueryFeed(KafkaSettings settings, Frames frames, Board board, Duration back) {
        this.settings = settings;
        this.frames = frames;
        this.board = board;
        this.back = back;
        this.topics = TOPICS.stream().collect(Collectors.toMap(settings::topic, topic -> topic));
        this.thread = Thread.ofVirtual().name("query-feed").unstarted(this::run);
    }

    /// Starts reading what was written within `back`, and from then on.
    static QueryFeed start(KafkaSettings settings, Frames frames, Board board, Duration back) {
        var feed = new QueryFeed(settings, frames, board, back);
        feed.thread.start();
        return feed;
    }

    @Override
    public void close() {
        closed = true;
        reader.ifPresent(KafkaConsumer::wakeup); // an interrupt would be in the way of its closing
        try {
            if (!thread.join(CLOSING)) {
                log.atWarn().log("the reader for queries has not returned");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.consumer())) {
                reader = Optional.of(consumer);
                read(consumer);
            } catch (WakeupException _) {
                // close() ends it
            } catch (KafkaException e) {
                log.atWarn().setCause(e).log("queries are answered from what is known: reading begins again");
            }
            pause();
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = topics.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        position(consumer, partitions, ends);
        boolean caughtUp = false;
        while (!closed) {
            var changes = new ArrayList<Consumer<Runs>>();
            consumer.poll(POLL).forEach(record -> decode(record, changes));
            if (!changes.isEmpty()) {
                board.update(runs -> changes.forEach(change -> change.accept(runs)));
            }
            partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
            if (!caughtUp && ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue())) {
                caughtUp = true;
                board.complete();
            }
        }
    }

    private long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /// Objectives are few and are kept for ever: a run may be older than what is read of it.
    private void position(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        long since = Instant.now().minus(back).toEpochMilli();
        var found = consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(each -> each, _ -> since)));
        var starts = consumer.beginningOffsets(partitions);
        for (var partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            var later = found.get(partition);
            long by = topics.get(partition.topic()) == Topic.OBJECTIVES ? start : later == null ? end : later.offset();
            long bounded = Math.max(Math.max(start, by), end - MOST_RECORDS);
            consumer.seek(partition, positions.getOrDefault(partition, bounded));
        }
    }

    private void decode(ConsumerRecord<byte[], byte[]> record, List<Consumer<Runs>> changes) {
        var topic = topics.get(record.topic());
        if (record.value() == null || topic == null) {
            return;
        }
        switch (topic) {
            case OBJECTIVES ->
                decode(
                        record,
                        topic,
                        RunObjectives.class,
                        changes,
                        (runs, one) -> runs.add(one, Instant.ofEpochMilli(record.timestamp())));
            case LIFECYCLE -> decode(record, topic, LifecycleEvent.class, changes, Runs::add);
            case WINDOWS -> decode(record, topic, WindowSummary.class, changes, Runs::add);
            case VERDICTS -> decode(record, topic, VerdictEvent.class, changes, Runs::add);
            case RESOURCES -> decode(record, topic, ResourceSample.class, changes, Runs::add);
            case CONTROL, SEGMENTS, TIMINGS, DEAD_LETTER -> throw new IllegalStateException(topic + " is not read");
        }
    }

    /// What cannot be decoded says nothing here; whoever judges sets it aside.
    private <T> void decode(
            ConsumerRecord<byte[], byte[]> record,
            Topic topic,
            Class<T> type,
            List<Consumer<Runs>> changes,
            BiConsumer<Runs, T> change) {
        switch (frames.decode(topic, type, record.value())) {
            case Decoded.Good<T>(var value) -> changes.add(runs -> apply(runs, value, change));
            case Decoded.Poison<T>(var reason) ->
                log.atDebug()
                        .addKeyValue("topic", topic)
                        .addKeyValue("reason", reason)
                        .log("a record was passed over");
        }
    }

    private static <T> void apply(Runs runs, T value, BiConsumer<Runs, T> change) {
        try {
            change.accept(runs, value);
        } catch (RuntimeException e) { // one record must not keep the others from being shown
            log.atError().setCause(e).log("a record could not be taken note of");
        }
    }

    private void pause() {
        try {
            if (!closed) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
