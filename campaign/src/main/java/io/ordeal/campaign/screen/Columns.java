package io.ordeal.campaign.screen;

/// Text in columns. Widths are in characters; control characters, which a name could carry, are taken out.
public final class Columns {
    private Columns() {}

    /// Returns the text to the left of a field, cut where it is too long.
    public static String left(String text, int width) {
        var cut = cut(text, width);
        return cut + " ".repeat(width - length(cut));
    }

    /// Returns the text to the right of a field, cut where it is too long.
    public static String right(String text, int width) {
        var cut = cut(text, width);
        return " ".repeat(width - length(cut)) + cut;
    }

    /// Returns the text with at most `width` characters, `..` in the place of what is cut off.
    public static String cut(String text, int width) {
        var clean = clean(text);
        if (length(clean) <= width) {
            return clean;
        }
        return width <= 2
                ? clean.substring(0, clean.offsetByCodePoints(0, width))
                : clean.substring(0, clean.offsetByCodePoints(0, width - 2)) + "..";
    }

    /// Returns the text without what would move the cursor or change the direction of writing.
    public static String clean(String text) {
        return text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
