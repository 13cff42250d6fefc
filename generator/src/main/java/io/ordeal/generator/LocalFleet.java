package io.ordeal.generator;

import io.ordeal.generator.control.Fleet;
import io.ordeal.generator.drive.Equipment;
import io.ordeal.generator.drive.EventLoops;
import io.ordeal.generator.drive.SegmentDriver;
import io.ordeal.generator.publish.Courier;
import io.ordeal.generator.publish.Lane;
import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.SegmentTick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The segments that this process drives, spread over its event loops. Thread-safe.
final class LocalFleet implements Fleet {
    private static final Logger log = LoggerFactory.getLogger(LocalFleet.class);
    private static final long SHOWN_AFTER_END_SECONDS = 60;
    private static final Duration ABORTING = Duration.ofSeconds(2);

    private final EventLoops loops;
    private final Equipment equipment;
    private final Courier courier;
    private final byte[] prefix;
    private final int partitions;
    private final Runnable onDrive;
    private final Map<SegmentDriver, String> drivers = new ConcurrentHashMap<>();

    /// Has nothing to drive yet.
    ///
    /// @param prefix what stands before each timing
    /// @param partitions of the timings topic
    /// @param onDrive runs before a segment is driven
    LocalFleet(
            EventLoops loops, Equipment equipment, Courier courier, byte[] prefix, int partitions, Runnable onDrive) {
        this.loops = loops;
        this.equipment = equipment;
        this.courier = courier;
        this.prefix = prefix.clone();
        this.partitions = partitions;
        this.onDrive = onDrive;
    }

    @Override
    public Driven drive(
            SegmentPlan plan, int epoch, RunLoad.Started load, Optional<Instant> from, Runnable onFinished) {
        onDrive.run();
        int segment = plan.segment();
        var lane = new Lane(segment % partitions, plan.run(), segment);
        var outbox = new Outbox(courier, lane, prefix, plan.run(), segment, epoch);
        var driver = SegmentDriver.start(plan, epoch, load, from, loops.loop(segment), equipment, outbox);
        drivers.put(driver, plan.run());
        var _ = driver.ended()
                .thenRunAsync(
                        () -> drivers.remove(driver),
                        CompletableFuture.delayedExecutor(SHOWN_AFTER_END_SECONDS, TimeUnit.SECONDS));
        // Off the event loop: whoever is told may write to the broker, and that may block.
        var _ = driver.ended()
                .thenRunAsync(
                        () -> {
                            if (driver.latest().filter(SegmentTick::finished).isPresent()) {
                                onFinished.run();
                            }
                        },
                        task -> Thread.ofVirtual().name("segment-finished").start(task));
        log.atInfo()
                .addKeyValue("run", plan.run())
                .addKeyValue("segment", segment)
                .addKeyValue("epoch", epoch)
                .addKeyValue("takesOverFrom", from.map(Instant::toString).orElse(""))
                .log("driving a segment");
        return new Driven() {
            @Override
            public void change(RunLoad changed) {
                driver.change(changed);
            }

            @Override
            public void handOver(Instant instant) {
                driver.handOver(instant);
            }
        };
    }

    @Override
    public List<String> lacks(SegmentPlan plan) {
        return equipment.secrets().problems(plan);
    }

    /// Returns the latest tick of each segment, by run.
    Map<String, List<SegmentTick>> ticks() {
        return drivers.keySet().stream()
                .filter(driver -> driver.latest().isPresent())
                .collect(Collectors.groupingBy(
                        driver -> driver.plan().run(),
                        Collectors.mapping(driver -> driver.latest().orElseThrow(), Collectors.toList())));
    }

    /// Leaves every segment; what is in flight has `patience` to finish and is aborted then.
    void end(Duration patience) {
        drivers.keySet().forEach(driver -> driver.handOver(Instant.now()));
        if (!ended(patience)) {
            drivers.keySet().forEach(SegmentDriver::abort);
            if (!ended(ABORTING)) {
                log.atWarn().log("segments were left behind");
            }
        }
    }

    private boolean ended(Duration patience) {
        var all = CompletableFuture.allOf(
                drivers.keySet().stream().map(SegmentDriver::ended).toArray(CompletableFuture[]::new));
        try {
            all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
