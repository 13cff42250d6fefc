package io.ordeal.chaos.policy;

import io.ordeal.schemas.objective.Quantity;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Texts of the configuration as values; empty where a text is none.
final class Values {
    private Values() {}

    static Function<Quantity, Optional<Duration>> between(long leastMillis, long mostMillis) {
        return quantity -> quantity.duration()
                .filter(d -> d.toMillis() >= leastMillis && d.compareTo(Duration.ofMillis(mostMillis)) <= 0);
    }

    static Function<String, Optional<Integer>> whole(int least, int most) {
        return text -> whole(text).filter(n -> n >= least && n <= most);
    }

    static Optional<Integer> whole(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    static Optional<Path> absolutePath(String text) {
        return path(text).filter(Path::isAbsolute).map(Path::normalize);
    }

    static Optional<URI> url(String text) {
        try {
            var url = URI.create(text);
            return "http".equals(url.getScheme()) && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
