package io.ordeal.generator.user;

import java.util.List;
import java.util.regex.Pattern;

/// What stands between `${` and `}`.
public sealed interface Placeholder {
    /// The names of placeholders that need nothing else, as they are written.
    List<String> BUILT_IN =
            List.of("iteration", "user", "run", "now", "now.millis", "random.uuid", "random.int(1,100)");

    /// A variable: a field of a feeder or something extracted.
    record Variable(String name) implements Placeholder {}

    /// The number of the iteration: in an open model its place in the whole run, else how many its user had before.
    record Iteration() implements Placeholder {}

    /// The number of the user in the whole run.
    record User() implements Placeholder {}

    /// The id of the run.
    record Run() implements Placeholder {}

    /// A UUID drawn from the run's seed.
    record RandomUuid() implements Placeholder {}

    /// A whole number from `from` to `to`, both included, drawn from the run's seed.
    record RandomInt(long from, long to) implements Placeholder {}

    /// The present instant, as in `2026-01-31T12:00:00.123Z`.
    record Now() implements Placeholder {}

    /// The present instant in milliseconds since 1970.
    record NowMillis() implements Placeholder {}

    /// An environment variable of the generator.
    record Environment(String name) implements Placeholder {}

    /// Reads what stands between `${` and `}`.
    ///
    /// @throws IllegalArgumentException when it is nothing that there is; the message says what to write
    static Placeholder of(String text) {
        return switch (text) {
            case "iteration" -> new Iteration();
            case "user" -> new User();
            case "run" -> new Run();
            case "random.uuid" -> new RandomUuid();
            case "now" -> new Now();
            case "now.millis" -> new NowMillis();
            default -> Syntax.other(text);
        };
    }

    /// Whether `text` can be the name of a variable.
    static boolean isName(String text) {
        return Syntax.NAME.matcher(text).matches() && Syntax.reserved(text).isEmpty();
    }

    /// How placeholders are written.
    final class Syntax {
        private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]{0,63}");
        private static final Pattern ENVIRONMENT = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");
        private static final Pattern INT = Pattern.compile("random\\.int\\( *(-?\\d{1,18}) *, *(-?\\d{1,18}) *\\)");

        private Syntax() {}

        private static List<String> reserved(String text) {
            return BUILT_IN.stream()
                    .filter(name -> name.equals(text) || text.startsWith("random."))
                    .toList();
        }

        private static Placeholder other(String text) {
            var environment = ENVIRONMENT.matcher(text);
            if (environment.matches()) {
                return new Environment(environment.group(1));
            }
            var range = INT.matcher(text);
            if (range.matches()) {
                return range(text, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
            }
            if (text.startsWith("random.") || text.startsWith("env:")) {
                throw new IllegalArgumentException("`${" + text
                        + "}` is nothing that there is; write `${random.uuid}`, `${random.int(1,100)}` or"
                        + " `${env:NAME}`");
            }
            if (!NAME.matcher(text).matches()) {
                throw new IllegalArgumentException("`${" + text
                        + "}` is no variable; a name has letters, digits and `_ . -`, and `$${` stands for a"
                        + " plain `${`");
            }
            return new Variable(text);
        }

        private static Placeholder range(String text, long from, long to) {
            if (from > to) {
                throw new IllegalArgumentException("`${" + text + "}` begins after its end");
            }
            return new RandomInt(from, to);
        }
    }
}
