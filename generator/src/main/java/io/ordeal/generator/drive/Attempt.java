package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One attempt at a step, from the instant at which it is due to its end, which it has exactly once. What it does is
/// its subclass's. Instants are nanoseconds since 1970. Belongs to one event loop.
///
/// ```
///   due --(free user, free connection)--> connecting --> sent --> first byte --> ended
/// ```
abstract class Attempt {
    private final Stage stage;
    private final User user;
    private final PreparedStep step;
    private final int attempt;
    private final long due;
    private final long begunAt;
    private long usedAt;
    private long connect;
    private long tls;
    private long sentAt;
    private long firstByteAt;
    private long index;
    private int status;
    private int bytesOut;
    private long bytesIn;
    private Optional<Map<String, Double>> measures = Optional.empty();
    private boolean sent;
    private boolean ended;

    /// Neighbours in [InFlight], which alone touches them.
    @Nullable
    Attempt before;

    @Nullable
    Attempt after;

    /// Makes the attempt at `step` that `user` was to begin at `due`; it is `now`.
    Attempt(Stage stage, User user, PreparedStep step, long due, long now) {
        this.stage = stage;
        this.user = user;
        this.step = step;
        this.attempt = user.attempt();
        this.due = due;
        this.begunAt = now;
        this.usedAt = now;
    }

    /// Counts it as scheduled and starts it.
    final void begin() {
        stage.account().scheduled(due);
        stage.account().started(begunAt - due);
        stage.watch().startDelay(begunAt - due);
        start(begunAt);
    }

    /// Sends what is to be sent as soon as that is possible; it is `now`.
    abstract void start(long now);

    /// Gives back what it used; `broken` when the connection cannot be used again. It is `now`.
    abstract void release(boolean broken, long now);

    final Stage stage() {
        return stage;
    }

    final User user() {
        return user;
    }

    final PreparedStep step() {
        return step;
    }

    final long sentAt() {
        return sentAt;
    }

    final int status() {
        return status;
    }

    final boolean ended() {
        return ended;
    }

    /// Notes that it has got what it waited for: from here on it connects.
    final void got(long now) {
        usedAt = now;
    }

    /// Notes that the connection was opened for it, of which the TLS handshake took `handshake` nanoseconds.
    final void connected(long now, long handshake) {
        connect = now - usedAt - handshake;
        tls = handshake;
    }

    /// Counts it as sent and begins its time-out; returns its index in order of sending.
    final long sent(long now) {
        sent = true;
        sentAt = now;
        index = stage.account().sent(now);
        step.inFlight().add(this);
        return index;
    }

    /// Ends it without anything having been sent: the service could not be reached.
    final void refused(long now) {
        connect = now - usedAt;
        sentAt = now;
        index = stage.account().sent(now);
        end(Outcome.CONNECT_ERROR, true, now);
    }

    /// Notes the first byte of the answer.
    final void answered(int answeredStatus, long now) {
        status = answeredStatus;
        firstByteAt = now;
    }

    /// Counts bytes of the body that was sent.
    final void wrote(int bytes) {
        bytesOut += bytes;
    }

    /// Counts bytes of the answer's body.
    final void read(int bytes) {
        bytesIn += bytes;
    }

    final long bytesIn() {
        return bytesIn;
    }

    /// Adds what the scenario measured itself.
    final void measured(Map<String, Double> custom) {
        measures = Optional.of(measures.isEmpty() ? custom : together(measures.get(), custom));
    }

    private static Map<String, Double> together(Map<String, Double> some, Map<String, Double> others) {
        var all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    /// Ends it because its time is over.
    final void timedOut(long now) {
        end(Outcome.TIMEOUT, true, now);
    }

    /// Ends it because the generator ends.
    final void abort(long now) {
        end(Outcome.ABORTED, true, now);
    }

    /// Counts it as dropped; nothing of it must have been sent.
    final void drop() {
        ended = true;
        stage.account().dropped(due);
    }

    /// Ends it, unless it has ended.
    ///
    /// @param broken whether its connection cannot be used again
    final void end(Outcome outcome, boolean broken, long now) {
        if (ended) {
            return;
        }
        ended = true;
        if (sent) {
            step.inFlight().remove(this);
        }
        long sequence = stage.account().completed(now);
        stage.outbox().request(timing(sequence, outcome, now));
        release(broken, now);
        over(outcome, now);
    }

    /// Lets its user go on.
    void over(Outcome outcome, long now) {
        user.ended(this, outcome, now);
    }

    private RequestTiming timing(long sequence, Outcome outcome, long now) {
        long dueMicros = due / 1000;
        long sentMicros = sentAt / 1000;
        long endedMicros = now / 1000;
        return new RequestTiming(
                sequence,
                index,
                stage.phases().at(due),
                step.request(),
                user.number(),
                attempt,
                endedMicros,
                endedMicros - dueMicros,
                sentMicros - dueMicros,
                (int) ((usedAt - begunAt) / 1000),
                (int) (connect / 1000),
                (int) (tls / 1000),
                firstByteAt == 0 ? 0 : firstByteAt / 1000 - sentMicros,
                outcome,
                status,
                bytesOut,
                (int) Math.min(Integer.MAX_VALUE, bytesIn),
                measures);
    }
}
