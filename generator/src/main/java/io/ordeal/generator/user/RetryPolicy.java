package io.ordeal.generator.user;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// When to try a request again.
public final class RetryPolicy {
    /// The longest wait, whatever an answer asks for.
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final Retry retry;
    private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    private final BitSet statuses = new BitSet();

    /// Prepares `retry`.
    ///
    /// @throws IllegalArgumentException when it names an outcome that there is not
    public RetryPolicy(Retry retry) {
        this.retry = retry;
        retry.outcomes().forEach(name -> outcomes.add(Outcome.valueOf(name)));
        retry.statuses().stream().filter(Statuses::exists).forEach(statuses::set);
    }

    /// Whether the request is tried again; an answer that is OK never is.
    ///
    /// @param attempt 0 for the first
    /// @param status 0 when there was no answer
    public boolean again(int attempt, Outcome outcome, int status) {
        return attempt + 1 < retry.attempts()
                && outcome != Outcome.OK
                && (outcomes.contains(outcome) || (status > 0 && statuses.get(status)));
    }

    /// Whether it wants to know an answer's `Retry-After`.
    public boolean asksAnswer() {
        return retry.retryAfter();
    }

    /// Returns how long to wait after `attempt`, in nanoseconds.
    ///
    /// @param draw from 0 to below 1
    /// @param asked what the answer's `Retry-After` said, in nanoseconds; 0: nothing
    public long pause(int attempt, double draw, long asked) {
        double grown = retry.backoff().toNanos() * Math.pow(retry.factor(), attempt);
        double whole = Math.min(grown, (double) retry.cap().toNanos());
        long drawn = (long) (whole * (1 - retry.jitter() * draw));
        return retry.retryAfter() ? Math.max(drawn, asked) : drawn;
    }

    /// Reads a `Retry-After`: seconds, or a date of HTTP. Returns nanoseconds, 0 for what cannot be read or is over,
    /// and a day at most.
    public static long asked(String value, Instant now) {
        var text = value.strip();
        var asked = SECONDS.matcher(text).matches()
                ? Duration.ofSeconds(Long.parseLong(text))
                : date(text).map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
        return asked.isNegative() ? 0 : (asked.compareTo(LONGEST) > 0 ? LONGEST : asked).toNanos();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
