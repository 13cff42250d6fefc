package io.ordeal.generator.control;

import static io.ordeal.generator.control.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.generator.run.RunLoad;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.load.SegmentPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class SegmentGroupTest {
    private static final TopicPartition FIRST = new TopicPartition("segments", 0);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> poison = new CopyOnWriteArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Desk desk = new Desk("generator@test", Instant::now, this::drive, () -> Capacity.AMPLE, _ -> {});

    @Test
    void drivesWhatTheGroupAssignsAndLeavesWhatItTakesAway() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 2L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(FIRST));
            consumer.addRecord(record(0, "run/0", "run"));
            consumer.addRecord(record(1, "bad", "poison"));
        });
        desk.commandsRead();
        desk.command(new Ordered(
                new Command("c", "run", Instant.now(), Optional.empty(), "", new Command.StartLoad(Instant.now())),
                Instant.now()));

        try (var group = SegmentGroup.join(
                consumer, "segments", SegmentGroupTest::decode, (_, reason) -> poison.add(reason), desk)) {
            await().until(() -> events.contains("drive run/0"));
            assertThat(group.member()).isTrue();
            consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
            await().until(() -> !desk.succeeded());
            desk.owned("run", 0, Integer.MAX_VALUE, Instant.now());
            await().until(() -> events.contains("hand over run/0"));
        }

        assertThat(poison).containsExactly("not a plan");
        assertThat(consumer.closed()).isTrue();
    }

    private static Decoded<SegmentPlan> decode(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.equals("poison") ? new Decoded.Poison<>("not a plan") : new Decoded.Good<>(plan(text, 0));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
        return new ConsumerRecord<>(
                "segments", 0, offset, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private Fleet.Driven drive(
            SegmentPlan plan, int epoch, RunLoad.Started load, Optional<Instant> from, Runnable onFinished) {
        var name = plan.run() + "/" + plan.segment();
        events.add("drive " + name);
        return new Fleet.Driven() {
            @Override
            public void change(RunLoad changed) {
                events.add("change " + name);
            }

            @Override
            public void handOver(Instant instant) {
                events.add("hand over " + name);
            }
        };
    }
}
