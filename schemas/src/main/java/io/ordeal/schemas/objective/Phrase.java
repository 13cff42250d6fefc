package io.ordeal.schemas.objective;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// The words of an expression, taken one after the other.
final class Phrase {
    private final String expression;
    private final Deque<String> words;

    Phrase(String expression) {
        this.expression = expression;
        var spaced = expression.replaceAll("(<=|>=|<(?!=)|>(?!=))", " $1 ");
        this.words = new ArrayDeque<>(Arrays.stream(spaced.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    String expression() {
        return expression;
    }

    boolean ended() {
        return words.isEmpty();
    }

    /// Returns the next word without taking it.
    Optional<String> peek() {
        return Optional.ofNullable(words.peekFirst());
    }

    /// Takes the next word.
    String next(String wanted) {
        var word = words.pollFirst();
        if (word == null) {
            throw problem("it ends where " + wanted + " is missing");
        }
        return word;
    }

    /// Takes the next word if it is `word`; whether it was.
    boolean accept(String word) {
        if (peek().filter(word::equals).isEmpty()) {
            return false;
        }
        words.removeFirst();
        return true;
    }

    /// Takes the next word, which must be `word`.
    void expect(String word, String after) {
        var found = next("`" + word + "` after `" + after + "`");
        if (!found.equals(word)) {
            throw problem("after `" + after + "` stands `" + word + "`, not `" + found + "`");
        }
    }

    MalformedObjective problem(String message) {
        return new MalformedObjective("`" + expression + "`: " + message);
    }
}
