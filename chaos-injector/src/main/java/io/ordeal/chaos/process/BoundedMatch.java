package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import java.time.Duration;
import java.util.regex.Pattern;

/// A search with a regular expression that ends in time, whatever the expression is: some take exponential time.
final class BoundedMatch {
    private static final Duration LONGEST = Duration.ofMillis(200);

    private BoundedMatch() {}

    /// Whether `pattern` is found in `text`.
    ///
    /// @throws InjectionFailed when it takes too long to tell
    static boolean found(Pattern pattern, String text) throws InjectionFailed {
        try {
            return pattern.matcher(new Timed(text, System.nanoTime() + LONGEST.toNanos()))
                    .find();
        } catch (TooLong | StackOverflowError _) {
            throw new InjectionFailed("the expression `" + pattern + "` takes more than " + LONGEST.toMillis()
                    + " ms on a text of " + text.length() + " characters; make it simpler");
        }
    }

    /// A text that can be read until a deadline.
    private record Timed(CharSequence text, long deadline) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (System.nanoTime() - deadline > 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Timed(text.subSequence(start, end), deadline);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooLong extends RuntimeException {
        TooLong() {
            super("", null, false, false);
        }
    }
}
