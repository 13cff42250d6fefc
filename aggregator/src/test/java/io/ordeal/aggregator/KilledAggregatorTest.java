package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.schemas.results.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kill -9 changes nothing in what readers of committed records see, and nobody who looked away passes a run.
final class KilledAggregatorTest {
    private static final long SECOND = 1_000_000;

    /// How long aggregators are killed, one after the other: `-Dordeal.storm.seconds=120` for the whole thing.
    private static final int STORM = Integer.getInteger("ordeal.storm.seconds", 36);

    private static final long BETWEEN_KILLS = 5 * SECOND;

    private final List<Process> children = new ArrayList<>();

    private static final List<String> HOLDING = List.of("p95 < 100ms outside faults", "errors < 5%", "recovery < 5s");
    private static final List<String> EVERYTHING = Stream.concat(
                    HOLDING.stream(),
                    Stream.of(
                            "p90 < 1s per window",
                            "tokens p50 > 20",
                            "errors < 1% as budget",
                            "cpu < 80%",
                            "heap_after_gc slope < 1GB/h",
                            "time_to_trip < 2s"))
            .toList();

    @TempDir
    private Path folder;

    private TestBroker broker;

    @SuppressWarnings("NullAway.Init") // before each
    KilledAggregatorTest() {}

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(folder);
        broker.createTopics(Stage.PARTITIONS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var child : children) {
            child.destroyForcibly().waitFor();
        }
        broker.close();
    }

    @Test
    void tellsTheSameAfterARestart() throws Exception {
        var first = child("only", ChildAggregator.Kind.STATIC);
        long begin = soon();
        try (var stage = stage(begin, 8 * SECOND, true)) {
            stage.playUntil(begin + 4 * SECOND);
            await().atMost(Duration.ofSeconds(30)).until(() -> stage.windows().size() > 2);
            first.destroyForcibly().waitFor();
            child("only", ChildAggregator.Kind.STATIC);
            stage.play();
            assertToldAsExpected(stage);
        }
    }

    /// Whoever is killed, the other has a copy of its state and goes on; who comes back makes the next copy.
    @Test
    void tellsTheSameWhileOneOfTwoIsKilledAgainAndAgain() throws Exception {
        var pair = new ArrayList<>(
                List.of(child("left", ChildAggregator.Kind.STANDBY), child("right", ChildAggregator.Kind.STANDBY)));
        awaitBothReady();
        long begin = soon();
        try (var stage = stage(begin, STORM * SECOND, true)) {
            int victim = 0;
            for (long at = 3 * SECOND; at < STORM * SECOND; at += BETWEEN_KILLS) {
                stage.playUntil(begin + at);
                pair.get(victim).destroyForcibly().waitFor();
                pair.set(victim, child(victim == 0 ? "left" : "right", ChildAggregator.Kind.STANDBY));
                victim = 1 - victim;
            }
            stage.play();
            assertToldAsExpected(stage);
        }
        assertThat(Files.readString(folder.resolve("left.log")) + Files.readString(folder.resolve("right.log")))
                .as("a standby took over")
                .contains("ecycle");
    }

    /// Everything holds and the ledger is closed: only that nobody watched keeps the run from passing.
    @Test
    void neverPassesARunThatItDidNotWatchDuringAFault() throws Exception {
        var child = child("only", ChildAggregator.Kind.STATIC);
        awaitReady("only");
        long begin = soon();
        try (var stage = stage(begin, 14 * SECOND, false)) {
            stage.playUntil(begin + 4 * SECOND);
            signal("STOP", child);
            stage.playUntil(begin + 10 * SECOND + SECOND / 2);
            signal("CONT", child);
            stage.play();
            assertToldAsExpected(stage);

            var verdict = stage.verdict().orElseThrow();
            assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(verdict.reasons())
                    .singleElement()
                    .asString()
                    .contains("The aggregator was silent", "after a fault had begun to act");
        }
    }

    private Process child(String name, ChildAggregator.Kind kind) {
        var child = ChildAggregator.start(broker, folder, name, kind);
        children.add(child);
        return child;
    }

    private void awaitBothReady() {
        awaitReady("left");
        awaitReady("right");
    }

    private void awaitReady(String name) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(folder.resolve(name + ".log")).contains(ChildAggregator.READY));
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static long soon() {
        return Micros.of(Instant.now().plusMillis(500));
    }

    private Stage stage(long begin, long length, boolean troubles) {
        var rehearsal = new Rehearsal(new Rehearsal.Shape(
                "run",
                11,
                begin,
                500_000,
                3,
                100,
                length,
                2_500_000,
                1_000_000,
                troubles ? 5_000_000 : -1,
                troubles,
                troubles ? EVERYTHING : HOLDING));
        return new Stage(broker, new FixedFrames(), rehearsal, RehearsedSamples.of(begin, length, 5));
    }

    private static void assertToldAsExpected(Stage stage) {
        await().atMost(Duration.ofSeconds(60)).until(() -> stage.verdict().isPresent());
        assertThat(Comparison.differences(stage.records(), stage.windows(), stage.verdicts()))
                .isEmpty();
    }
}
