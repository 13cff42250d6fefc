package io.ordeal.campaign.read;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads when to try again: `{on: [429, 5xx, timeout], attempts: 5, backoff: 100ms}`, or how often alone: `3`.
final class RetryReader {
    private static final int MOST = 64;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Map<String, Outcome> OUTCOMES = new LinkedHashMap<>();
    /// What is worth another attempt: nothing came, the service is busy, or somebody before it could not reach it.
    private static final On USUAL = new On(
            List.of(Outcome.TIMEOUT.name(), Outcome.CONNECT_ERROR.name(), Outcome.RESET.name()),
            List.of(429, 502, 503, 504));

    static {
        OUTCOMES.put("timeout", Outcome.TIMEOUT);
        OUTCOMES.put("connect-error", Outcome.CONNECT_ERROR);
        OUTCOMES.put("reset", Outcome.RESET);
        OUTCOMES.put("invalid", Outcome.INVALID);
    }

    private RetryReader() {}

    private record On(List<String> outcomes, List<Integer> statuses) {}

    static Optional<Retry> read(Yaml value, Problems problems) {
        if (value instanceof Yaml.Scalar) {
            return Values.whole(1, MOST).read(value, problems).map(attempts -> retry(USUAL, Math.toIntExact(attempts)));
        }
        return Fields.open(value, Keys.RETRY, "`retry`", problems).map(fields -> {
            var plain = retry(
                    fields.optional("on", RetryReader::on).orElse(USUAL),
                    fields.optional("attempts", Values.whole(1, MOST))
                            .map(Math::toIntExact)
                            .orElse(3));
            var backoff = fields.optional("backoff", Values.duration(SHORTEST, LONGEST))
                    .orElse(plain.backoff());
            var cap = fields.optional("cap", Values.duration(SHORTEST, LONGEST)).orElse(plain.cap());
            return new Retry(
                    plain.attempts(),
                    plain.outcomes(),
                    plain.statuses(),
                    backoff,
                    fields.optional("factor", RetryReader::factor).orElse(plain.factor()),
                    cap.compareTo(backoff) < 0 ? backoff : cap,
                    fields.optional("jitter", RetryReader::jitter).orElse(plain.jitter()),
                    fields.optional("retry-after", Values::bool).orElse(plain.retryAfter()));
        });
    }

    private static Retry retry(On on, int attempts) {
        return new Retry(
                attempts, on.outcomes, on.statuses, Duration.ofMillis(100), 2.0, Duration.ofSeconds(10), 0.5, true);
    }

    private static Optional<On> on(Yaml value, Problems problems) {
        return Values.list(value, "`on`", problems).map(items -> {
            var outcomes = new ArrayList<String>();
            var statuses = new ArrayList<Integer>();
            for (var item : items) {
                Values.scalar(item, "a status or an outcome", problems).ifPresent(scalar -> {
                    var outcome = OUTCOMES.get(scalar.text());
                    var status = CheckReader.status(scalar.text());
                    if (outcome != null) {
                        outcomes.add(outcome.name());
                    } else if (status.isPresent()) {
                        statuses.addAll(status.get());
                    } else {
                        problems.add(Values.malformed(scalar, "is nothing to try again after")
                                .labelled(Words.nearest(scalar.text(), OUTCOMES.keySet())
                                        .map(word -> "did you mean `" + word + "`?")
                                        .orElse(""))
                                .noting("write statuses (`429`, `5xx`) or " + Words.list(OUTCOMES.keySet())));
                    }
                });
            }
            return new On(outcomes, statuses.stream().distinct().toList());
        });
    }

    private static Optional<Double> factor(Yaml value, Problems problems) {
        return Values.positive(value, problems)
                .flatMap(factor -> factor >= 1 && factor <= 100
                        ? Optional.of(factor)
                        : problems.refuse(new DocumentProblem(
                                Code.OUT_OF_RANGE, value.kind() + " is not between 1 and 100", value.place())));
    }

    private static Optional<Double> jitter(Yaml value, Problems problems) {
        return value instanceof Yaml.Scalar scalar && scalar.text().equals("0")
                ? Optional.of(0.0)
                : Values.fraction(value, problems);
    }
}
