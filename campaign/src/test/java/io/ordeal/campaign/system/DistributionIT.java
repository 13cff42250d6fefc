package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.LoadDesk;
import io.ordeal.campaign.run.RunEnd;
import io.ordeal.campaign.run.RunId;
import io.ordeal.campaign.run.RunUnderWay;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a run when generators come, die or stand still, and when the broker does.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> PUNCTUAL = Map.of("ORDEAL_GENERATOR_LATEST_START", "700ms");

    @TempDir
    static Path folder;

    private static Site site;
    private static Child first;

    @BeforeAll
    static void start() throws Exception {
        site = new Site(folder);
        first = site.generator("first", PUNCTUAL);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /// A run in the background.
    private record Running(String id, CampaignRunner runner, CompletableFuture<RunEnd> end) {
        RunEnd over() throws Exception {
            return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        void awaitSecond(double second) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> runner.startedAt()
                            .filter(start -> Instant.now().isAfter(start.plusMillis((long) (second * 1000))))
                            .isPresent());
        }
    }

    private static Running run(String load) {
        var id = RunId.next(new SecureRandom());
        var runner = site.runner("""
            name: distribution
            target: http://127.0.0.1:1
            scenarios:
              read: {steps: [{get: /}]}
            phases:
              - {name: steady, %s}
            objectives:
              - errors < 1%%
            """.formatted(load), id);
        var end = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return runner.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
        return new Running(id, runner, end);
    }

    @Test
    @Order(1)
    void showsAGeneratorThatStoodStillAsStartDelayAndJudgesNothingByIt() throws Exception {
        var run = run("rate: 300/s, for: 8s");
        run.awaitSecond(3.2);
        first.signal("STOP");
        run.awaitSecond(4.6);
        first.signal("CONT");
        run.over();

        var verdict = run.runner().observations().verdict().orElseThrow();
        assertThat(verdict.ledger().scheduled()).isEqualTo(2400);
        assertThat(verdict.ledger().closed()).as("%s", verdict.ledger()).isTrue();
        assertThat(verdict.generator().startDelayMax()).isBetween(1_200_000L, 3_000_000L);
        assertThat(run.runner().observations().windows().stream()
                        .map(WindowSummary::saturated)
                        .flatMap(List::stream))
                .anyMatch(cause -> cause.matches("requests began up to 1\\d\\d\\d ms late.*"));
        assertThat(verdict.verdict()).as("%s", verdict.reasons()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("could not keep their schedule"));
    }

    @Test
    @Order(2)
    void goesByWhatIsAskedByHand() throws Exception {
        var run = run("rate: 50/s, for: 60s");
        run.awaitSecond(1);
        var found = RunUnderWay.all(site.cluster());
        assertThat(found).extracting(RunUnderWay::id).containsExactly(run.id());
        assertThat(found.getFirst().generators()).containsExactly("generator@first");
        try (var desk = LoadDesk.open(site.cluster(), found.getFirst(), Duration.ofSeconds(10))) {
            var adjusted = desk.ask(new Command.AdjustLoad(Optional.of(200.0), Optional.empty()));
            assertThat(adjusted.complete()).as("%s", adjusted).isTrue();
            assertThat(adjusted.done()).containsEntry("generator@first", "adjusted, rate 200/s");
            assertThat(desk.ask(new Command.AdjustLoad(Optional.empty(), Optional.of(5.0)))
                            .refused())
                    .singleElement()
                    .asString()
                    .contains("has a rate, not users");
            await().atMost(PATIENCE)
                    .until(() -> RunUnderWay.withLoad(site.cluster()).stream()
                            .flatMap(one -> one.load().stream())
                            .anyMatch(load -> load.rate() == 200));
            assertThat(desk.ask(new Command.StopLoad("enough")).complete()).isTrue();
        }
        assertThat(run.over().reason()).isEqualTo(FinishReason.ABORTED);
        assertThat(run.over().detail()).contains("enough");
        assertThat(RunUnderWay.all(site.cluster())).isEmpty();
    }

    @Test
    @Order(3)
    void goesOnWithoutABrokerAndPublishesEverythingWhenItIsBack() throws Exception {
        var run = run("rate: 300/s, for: 24s");
        run.awaitSecond(3);
        site.stack().signal("STOP");
        run.awaitSecond(15);
        site.stack().signal("CONT");
        run.over();

        var said = site.timings(run.id());
        assertWhole(said, 7200, Set.of());
        assertThat(requests(said).stream().map(RequestTiming::index).count()).isEqualTo(7200);
        assertThat(lastTicks(said)).allSatisfy(tick -> {
            assertThat(tick.lost()).isZero();
            assertThat(tick.published()).isEqualTo(tick.completed());
        });
    }

    @Test
    @Order(4)
    void handsOnTheSegmentsOfADeadGeneratorAndSharesThemWithANewOne() throws Exception {
        site.generator("second", PUNCTUAL);
        var third = site.generator("third", PUNCTUAL);
        var run = run("rate: 2000/s, for: 34s");
        run.awaitSecond(4);
        var killedAt = Instant.now();
        third.process().destroyForcibly().waitFor();
        site.gone();
        run.awaitSecond(10);
        site.generator("fourth", PUNCTUAL);
        run.over();

        var events = run.runner().observations().events();
        var orphans = ownedBy(events, "generator@third");
        assertThat(orphans).isNotEmpty();
        assertThat(orphans)
                .allSatisfy(orphan -> assertThat(events)
                        .filteredOn(event -> event.event() instanceof SegmentTaken taken && taken.segment() == orphan)
                        .anyMatch(event ->
                                event.at().isAfter(killedAt) && event.at().isBefore(killedAt.plusSeconds(10))));
        assertThat(ownedBy(events, "generator@fourth")).isNotEmpty();

        var said = site.timings(run.id());
        assertWhole(said, 68_000, orphans);
        var verdict = run.runner().observations().verdict().orElseThrow();
        assertThat(verdict.verdict()).as("%s", verdict).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict.ledger().scheduled()).isEqualTo(68_000);
        assertThat(verdict.ledger().duplicates()).isZero();
        assertThat(verdict.reasons()).anyMatch(reason -> reason.matches(".*arrivals? fell between two owners.*"));
    }

    private static Set<Integer> ownedBy(List<LifecycleEvent> events, String generator) {
        return events.stream()
                .filter(event -> event.source().equals(generator))
                .map(LifecycleEvent::event)
                .filter(SegmentTaken.class::isInstance)
                .map(event -> ((SegmentTaken) event).segment())
                .collect(Collectors.toSet());
    }

    /// No event stands twice, and every arrival was taken in hand once; or it is known to have been by nobody, which
    /// happens to `orphans` only.
    private static void assertWhole(List<Timing> said, long arrivals, Set<Integer> orphans) {
        var seen = new HashSet<List<Object>>();
        var due = new HashSet<List<Object>>();
        for (var timing : said) {
            if (timing.event() instanceof RequestTiming request) {
                assertThat(seen.add(List.of(timing.segment(), timing.epoch(), request.sequence())))
                        .as("%s", timing)
                        .isTrue();
                assertThat(due.add(List.of(timing.segment(), request.ended() - request.response())))
                        .as("%s", timing)
                        .isTrue();
            }
        }
        long inHand = 0;
        for (var segment : lastBySegment(said).entrySet()) {
            long until = 0;
            for (var tick : segment.getValue().values()) {
                assertThat(tick.skipped())
                        .as("segment %s", segment)
                        .isBetween(until, orphans.contains(segment.getKey()) ? arrivals : until);
                until = tick.skipped() + tick.arrived();
            }
            inHand += until;
        }
        assertThat(inHand).isEqualTo(arrivals);
    }

    private static List<RequestTiming> requests(List<Timing> said) {
        return said.stream()
                .map(Timing::event)
                .filter(RequestTiming.class::isInstance)
                .map(RequestTiming.class::cast)
                .toList();
    }

    private static List<SegmentTick> lastTicks(List<Timing> said) {
        return lastBySegment(said).values().stream()
                .flatMap(epochs -> epochs.values().stream())
                .toList();
    }

    private static Map<Integer, SortedMap<Integer, SegmentTick>> lastBySegment(List<Timing> said) {
        var last = new HashMap<Integer, SortedMap<Integer, SegmentTick>>();
        for (var timing : said) {
            if (timing.event() instanceof SegmentTick tick) {
                last.computeIfAbsent(timing.segment(), _ -> new TreeMap<>()).put(timing.epoch(), tick);
            }
        }
        return last;
    }
}
