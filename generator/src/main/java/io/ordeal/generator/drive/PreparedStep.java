package io.ordeal.generator.drive;

import io.ordeal.generator.user.Answer;
import io.ordeal.generator.user.Finding;
import io.ordeal.generator.user.Inspection;
import io.ordeal.generator.user.RetryPolicy;
import io.ordeal.generator.user.Secrets;
import io.ordeal.generator.user.Variables;
import io.ordeal.schemas.load.EventStream;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import io.ordeal.schemas.load.Think;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One step of a scenario with everything made ready that does not change from request to request, and its requests
/// in flight.
final class PreparedStep {
    private static final int FIRST_ERROR = 400;

    private final Step step;
    private final OutgoingTemplate template;
    private final Optional<Outgoing> fixed;
    private final Optional<ShortExchange.Direct> direct;
    private final Inspection inspection;
    private final TextSearch search;
    private final Optional<RetryPolicy> retry;
    private final InFlight inFlight;
    private final Optional<EventStream> events;

    private PreparedStep(Step step, OutgoingTemplate template, Origin origin) {
        this.step = step;
        this.template = template;
        fixed = template.fixed() ? Optional.of(template.render(Variables.none())) : Optional.empty();
        inspection = Inspection.of(step);
        search = new TextSearch(inspection.plain() ? step.check().bodyContains() : "");
        retry = step.retry().map(RetryPolicy::new);
        direct = fixed.filter(_ -> takesTheShortWay())
                .map(outgoing -> new ShortExchange.Direct(outgoing, RequestBytes.of(outgoing, origin)));
        events = step.kind() == StepKind.EVENTS
                ? step.events().or(() -> Optional.of(new EventStream("", "")))
                : Optional.empty();
        inFlight = new InFlight(step.timeout().toNanos());
    }

    /// Prepares `step`.
    ///
    /// @param authorization the value of that header
    static PreparedStep of(Step step, Origin origin, Secrets secrets, Optional<String> authorization) {
        return new PreparedStep(step, new OutgoingTemplate(step, origin, secrets, authorization), origin);
    }

    /// Whether nothing of an answer is looked at but its status and a text in its body. The answer to a HEAD ends where
    /// no other does.
    private boolean takesTheShortWay() {
        return step.kind() == StepKind.REQUEST
                && !step.method().equals("HEAD")
                && inspection.plain()
                && retry.stream().noneMatch(RetryPolicy::asksAnswer);
    }

    int request() {
        return step.request();
    }

    /// Whether it fills in variables, or gives them values.
    boolean usesVariables() {
        return fixed.isEmpty() || extracts();
    }

    /// Whether it gives variables their values.
    boolean extracts() {
        return !step.extract().isEmpty();
    }

    /// Returns the request that is the same each time; empty when there is something to fill in.
    Optional<Outgoing> fixed() {
        return fixed;
    }

    /// Returns the request with everything filled in.
    Outgoing render(Variables variables) {
        return template.render(variables);
    }

    /// Looks for the text that has to be in the body, where that alone is looked for.
    TextSearch search() {
        return search;
    }

    /// Looks at answers for which [Inspection#plain] does not hold.
    Inspection inspection() {
        return inspection;
    }

    Optional<RetryPolicy> retry() {
        return retry;
    }

    /// Returns the time to think after it, where it has one of its own.
    Optional<Think> think() {
        return step.think();
    }

    InFlight inFlight() {
        return inFlight;
    }

    /// Makes an attempt at it.
    Attempt attempt(Stage stage, User user, long due, long now) {
        return switch (step.kind()) {
            case REQUEST ->
                direct.isPresent() && stage.links().direct() && !user.hasCookies()
                        ? new ShortExchange(stage, user, this, direct.get(), due, now)
                        : new ClientExchange(stage, user, this, due, now);
            case EVENTS -> new ClientExchange(stage, user, this, due, now);
            case CONNECT -> new SocketOpening(stage, user, this, user.outgoing(), false, due, now);
            case SEND -> new SocketMessage(stage, user, this, due, now);
            case EXPECT -> new SocketExpectation(stage, user, this, due, now);
            case CLOSE, DROP -> new SocketClosing(stage, user, this, step.kind(), due, now);
        };
    }

    /// Looks at a message that came over a WebSocket, for which its user has waited `nanos`.
    Finding looked(byte[] message, long nanos) {
        return inspection.of(Answer.message(message, nanos));
    }

    /// Returns what measures a stream of events that was asked for at `sentAt`; null where none is asked for.
    @Nullable
    EventMeter meter(long sentAt) {
        return events.isPresent() ? new EventMeter(events.get(), sentAt) : null;
    }

    /// Judges an answer that came whole and needs no more than this.
    Outcome judge(int status, int searchState) {
        if (inspection.accepts(status) && search.found(searchState)) {
            return Outcome.OK;
        }
        return status >= FIRST_ERROR ? Outcome.HTTP_ERROR : Outcome.INVALID;
    }
}
