package io.ordeal.campaign.screen;

/// Colours, or none. Only the sixteen that a user's theme owns, and never colour alone.
///
/// @param on whether anything is coloured at all
public record Ink(boolean on) {
    /// No colours.
    public static final Ink NONE = new Ink(false);

    /// Returns text that stands out.
    public String bold(String text) {
        return paint("1", text);
    }

    /// Returns text that stands back.
    public String dim(String text) {
        return paint("2", text);
    }

    /// Returns text about something good.
    public String good(String text) {
        return paint("32", text);
    }

    /// Returns text about something bad.
    public String bad(String text) {
        return paint("1;31", text);
    }

    /// Returns text about something that cannot be said.
    public String doubtful(String text) {
        return paint("33", text);
    }

    /// Returns text about a fault in force.
    public String reverse(String text) {
        return paint("7", text);
    }

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
