package io.ordeal.generator.drive;

import io.ordeal.generator.user.Answer;
import io.ordeal.generator.user.Inspection;
import io.ordeal.schemas.load.EventStream;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One step of a scenario with everything made ready that does not change from request to request, and its requests
/// in flight.
final class PreparedStep {
    private static final int FIRST_ERROR = 400;

    private final int request;
    private final RequestOptions options;
    private final Buffer body;
    private final Set<Integer> statuses;
    private final TextSearch search;
    private final InFlight inFlight;
    private final Optional<EventStream> events;
    private final StepKind kind;
    private final byte[] message;
    private final Inspection inspection;

    PreparedStep(Step step, Origin origin) {
        request = step.request();
        options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(step.method()))
                .setHost(origin.host())
                .setPort(origin.port())
                .setURI(origin.path() + step.path());
        step.headers().forEach(options::putHeader);
        body = Buffer.buffer(step.body());
        statuses = new HashSet<>(step.check().statuses());
        search = new TextSearch(step.check().bodyContains());
        kind = step.kind();
        message = step.body().getBytes(StandardCharsets.UTF_8);
        inspection = Inspection.of(step);
        events = step.kind() == StepKind.EVENTS
                ? step.events().or(() -> Optional.of(new EventStream("", "")))
                : Optional.empty();
        inFlight = new InFlight(step.timeout().toNanos());
    }

    int request() {
        return request;
    }

    RequestOptions options() {
        return options;
    }

    Buffer body() {
        return body;
    }

    TextSearch search() {
        return search;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /// Makes an attempt at it.
    Attempt attempt(Stage stage, User user, long due, long now) {
        return switch (kind) {
            case REQUEST, EVENTS -> new Exchange(stage, user, this, due, now);
            case CONNECT -> new SocketOpening(stage, user, this, false, due, now);
            case SEND -> new SocketMessage(stage, user, this, due, now);
            case EXPECT -> new SocketExpectation(stage, user, this, due, now);
            case CLOSE, DROP -> new SocketClosing(stage, user, this, kind, due, now);
        };
    }

    /// Returns a request of its own for `user`.
    RequestOptions optionsFor(User user) {
        return new RequestOptions(options);
    }

    /// Returns the message that `user` sends.
    byte[] bodyFor(User user) {
        return message;
    }

    /// Whether `text`, for which `user` has waited `nanos`, is what is expected.
    boolean accepts(byte[] text, long nanos) {
        return inspection.of(Answer.message(text, nanos)).outcome() == Outcome.OK;
    }

    /// Returns what measures a stream of events that was asked for at `sentAt`; null where none is asked for.
    @Nullable
    EventMeter meter(long sentAt) {
        return events.isPresent() ? new EventMeter(events.get(), sentAt) : null;
    }

    /// Judges an answer that came whole.
    Outcome judge(int status, int searchState) {
        boolean accepted = statuses.isEmpty() ? status < FIRST_ERROR : statuses.contains(status);
        if (accepted && search.found(searchState)) {
            return Outcome.OK;
        }
        return status >= FIRST_ERROR ? Outcome.HTTP_ERROR : Outcome.INVALID;
    }
}
