package io.ordeal.generator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.TimingEvent;
import io.ordeal.schemas.wire.TimingCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TimingPublisherTest {
    private static final byte[] PREFIX = {0, 0, 0, 0, 9};

    private final Lane lane = new Lane(2, "run", 5);

    @Test
    void publishesInOrderWithKeyPartitionAndFrame() {
        var producer = producer(true);
        try (var publisher = TimingPublisher.start(producer, "timings", 10_000)) {
            var outbox = outbox(publisher);
            for (int i = 0; i < 300; i++) {
                outbox.request(request(i));
            }
            outbox.tick(tick());
        }

        var records = producer.history();
        assertThat(records).hasSize(301).allSatisfy(record -> {
            assertThat(record.partition()).isEqualTo(2);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("run/5");
            assertThat(record.value()).startsWith(PREFIX);
        });
        assertThat(records.stream().limit(300).map(TimingPublisherTest::sequence))
                .isSorted();
        assertThat(timing(records.getLast())).isInstanceOf(SegmentTick.class);
        assertThat(lane.published()).isEqualTo(300);
    }

    @Test
    void losesAndCountsWhatTheQueueCannotHoldButNeverATick() {
        var producer = new StuckProducer();
        try (var publisher = TimingPublisher.start(producer, "timings", 1000)) {
            var outbox = outbox(publisher);
            for (int i = 0; i < 5000; i++) {
                outbox.request(request(i));
            }
            outbox.tick(tick());
            long waiting = publisher.waiting();
            producer.free.countDown();
            await().until(() -> publisher.waiting() == 0);

            assertThat(waiting).isLessThanOrEqualTo(1000);
            assertThat(publisher.lost()).isEqualTo(lane.lost()).isGreaterThan(3900);
        }

        assertThat(lane.published() + lane.lost()).isEqualTo(5000);
        assertThat(timing(producer.history().getLast())).isInstanceOf(SegmentTick.class);
    }

    @Test
    void countsWhatTheBrokerRefusesAsLost() {
        var producer = producer(false);
        try (var publisher = TimingPublisher.start(producer, "timings", 1000)) {
            var outbox = outbox(publisher);
            outbox.request(request(0));
            outbox.request(request(1));
            outbox.flush();
            await().until(() -> producer.history().size() == 2);

            producer.errorNext(new TimeoutException("the broker is away"));
            producer.completeNext();

            assertThat(lane.lost()).isEqualTo(1);
            assertThat(lane.published()).isEqualTo(1);
            assertThat(outbox.settled()).isTrue();
        }
    }

    @Test
    void isNotSettledWhileTheBrokerHasNotAnswered() {
        var producer = producer(false);
        try (var publisher = TimingPublisher.start(producer, "timings", 1000)) {
            var outbox = outbox(publisher);
            outbox.request(request(0));
            outbox.flush();
            await().until(() -> producer.history().size() == 1);

            assertThat(outbox.settled()).isFalse();
            assertThat(publisher.waiting()).isEqualTo(1);
            producer.completeNext();
            assertThat(publisher.waiting()).isZero();
        }
    }

    private Outbox outbox(Courier courier) {
        return new Outbox(courier, lane, PREFIX, "run", 5, 3);
    }

    private static long sequence(ProducerRecord<byte[], byte[]> record) {
        return ((RequestTiming) timing(record)).sequence();
    }

    private static TimingEvent timing(ProducerRecord<byte[], byte[]> record) {
        Timing timing = new TimingCodec().decode(record.value(), PREFIX.length);
        assertThat(timing.run()).isEqualTo("run");
        assertThat(timing.epoch()).isEqualTo(3);
        return timing.event();
    }

    private static RequestTiming request(long sequence) {
        return new RequestTiming(
                sequence, sequence, 0, 0, 0, 0, 1_000_000, 10, 1, 0, 0, 0, 5, Outcome.OK, 200, 0, 2, Optional.empty());
    }

    private static SegmentTick tick() {
        return new SegmentTick(
                Instant.EPOCH,
                "generator@test",
                0,
                0,
                1,
                0,
                1,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                true,
                List.of(),
                0,
                0,
                1);
    }

    private static MockProducer<byte[], byte[]> producer(boolean completes) {
        return new MockProducer<>(completes, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// A producer whose first `send` blocks, as Kafka's does when its buffer is full.
    private static final class StuckProducer extends MockProducer<byte[], byte[]> {
        private final CountDownLatch free = new CountDownLatch(1);

        StuckProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.send(record, callback);
        }
    }
}
