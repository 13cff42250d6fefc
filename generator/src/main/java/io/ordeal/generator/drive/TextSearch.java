package io.ordeal.generator.drive;

import java.nio.charset.StandardCharsets;

/// Looks for a text in a body that comes in pieces, without keeping it: the algorithm of Knuth, Morris and Pratt,
/// whose state is how much of the text the end of what was read matches.
final class TextSearch {
    private final byte[] text;
    private final int[] fallback;

    /// Prepares the search for `text`.
    TextSearch(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.fallback = new int[this.text.length];
        int matched = 0;
        for (int i = 1; i < this.text.length; i++) {
            matched = next(matched, this.text[i]);
            fallback[i] = matched;
        }
    }

    /// Returns the state after `piece`, beginning with `state`; the first state is 0.
    int after(int state, byte[] piece) {
        int matched = state;
        for (int i = 0; i < piece.length && matched < text.length; i++) {
            matched = next(matched, piece[i]);
        }
        return matched;
    }

    /// Whether `state` says that the text was there.
    boolean found(int state) {
        return state == text.length;
    }

    /// Whether any body will do.
    boolean trivial() {
        return text.length == 0;
    }

    private int next(int state, byte read) {
        int matched = state;
        while (matched > 0 && text[matched] != read) {
            matched = fallback[matched - 1];
        }
        return text[matched] == read ? matched + 1 : matched;
    }
}
