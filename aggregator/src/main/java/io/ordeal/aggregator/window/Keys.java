package io.ordeal.aggregator.window;

/// Keys of parts: words separated by a character that no word contains.
final class Keys {
    private static final String SEPARATOR = "\u0000";

    private Keys() {}

    static String of(Object... words) {
        var key = new StringBuilder();
        for (var word : words) {
            key.append(key.isEmpty() ? "" : SEPARATOR).append(word);
        }
        return key.toString();
    }

    static String[] words(String key) {
        return key.split(SEPARATOR, -1);
    }

    /// Whether `text` can be a word of a key.
    static boolean fits(String text) {
        return !text.isEmpty() && !text.contains(SEPARATOR);
    }
}
