package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.EventStream;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Server-sent events of a server of another make.
final class EventsTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final TestLoad load = new TestLoad();
    private final JettyServer server = JettyServer.started();

    @AfterEach
    void close() {
        load.close();
        server.close();
    }

    private static Step events(String path, Optional<EventStream> stream) {
        return new Step(
                4,
                path,
                "GET",
                path,
                Map.of(),
                "",
                Duration.ofSeconds(2),
                Check.NONE,
                StepKind.EVENTS,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                stream);
    }

    private List<RequestTiming> ran(Step step, HttpVersion version) {
        var plan = TestLoad.plan(server.port(), think(Duration.ZERO), rate(50, SHORT, 100), step);
        var connections = new Connections(
                ConnectionMode.PER_USER, 0, Duration.ofSeconds(2), version, 1, 0, Duration.ZERO, Optional.empty());
        return load.run(TestLoad.with(plan, plan.target(), connections)).requests();
    }

    @Test
    void measuresFirstEventGapsAndTokens() {
        var requests = ran(events("/events", Optional.of(new EventStream("token", "[DONE]"))), HttpVersion.HTTP_1_1);

        assertThat(requests).hasSize(15).allMatch(request -> request.outcome() == Outcome.OK);
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.measures().orElseThrow())
                        .containsOnlyKeys("first_event_ms", "between_events_ms", "tokens_per_second"));
        assertThat(requests)
                .allMatch(request -> request.measures().orElseThrow().getOrDefault("first_event_ms", 0.0) * 1000
                        >= request.firstByte() - 1);
        assertThat(server.traces).allMatch(trace -> trace.startsWith("00-"));
    }

    @Test
    void readsThemOverHttp2Too() {
        var requests = ran(events("/events", Optional.empty()), HttpVersion.HTTP_2);

        assertThat(requests).hasSize(15).allMatch(request -> request.outcome() == Outcome.OK);
    }

    @Test
    void isInvalidWithoutTheEventThatEndsIt() {
        var requests = ran(events("/events", Optional.of(new EventStream("", "[END]"))), HttpVersion.HTTP_1_1);

        assertThat(requests).allMatch(request -> request.outcome() == Outcome.INVALID);
    }

    @Test
    void isInvalidWithoutAnyEvent() {
        var requests = ran(events("/ok", Optional.empty()), HttpVersion.HTTP_1_1);

        assertThat(requests).allMatch(request -> request.outcome() == Outcome.INVALID);
    }

    @Test
    void endsAtItsLastEventThoughTheServiceGoesOn() {
        var requests = ran(events("/events", Optional.of(new EventStream("", "three"))), HttpVersion.HTTP_1_1);

        assertThat(requests).allMatch(request -> request.outcome() == Outcome.OK);
    }
}
