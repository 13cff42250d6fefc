package io.ordeal.generator.user;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression that gives up: some expressions take for ever on some texts, and an event loop has other work
/// to do.
final class Search {
    /// How often the text may be looked at, some tens of milliseconds.
    private static final long LOOKS = 10_000_000;

    private final Pattern pattern;

    private Search(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws IllegalArgumentException when it is no regular expression
    static Search of(String expression) {
        try {
            return new Search(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "`" + expression + "` is no regular expression: " + e.getDescription(), e);
        }
    }

    /// Returns the first group of the first match, or the whole match where it has no groups; empty when there is
    /// none, or none was found in time.
    Optional<String> in(String text) {
        try {
            var matcher = pattern.matcher(new Watched(text));
            return matcher.find() ? found(matcher) : Optional.empty();
        } catch (TooLong | StackOverflowError _) {
            return Optional.empty();
        }
    }

    private static Optional<String> found(Matcher matcher) {
        return matcher.groupCount() == 0 ? Optional.of(matcher.group()) : Optional.ofNullable(matcher.group(1));
    }

    /// Says whether the expression is found in `text`.
    boolean matches(String text) {
        try {
            return pattern.matcher(new Watched(text)).find();
        } catch (TooLong | StackOverflowError _) {
            return false;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("too long", null, false, false);
        }
    }

    /// A text that counts how often it is looked at.
    private static final class Watched implements CharSequence {
        private final String text;
        private long left = LOOKS;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- == 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
