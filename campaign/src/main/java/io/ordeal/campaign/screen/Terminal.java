package io.ordeal.campaign.screen;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/// What the output can show.
///
/// @param live whether lines may be drawn again in place
/// @param colour whether there may be colours
/// @param unicode whether signs beyond ASCII arrive
/// @param width in columns, 40 to 80
public record Terminal(boolean live, boolean colour, boolean unicode, int width) {
    private static final int WIDEST = 80;
    private static final int NARROWEST = 40;

    /// What the user wants of colours.
    public enum Colour {
        /// Colours, whatever the output is.
        ALWAYS,
        /// None.
        NEVER,
        /// As the environment says.
        AUTO
    }

    /// Decides from the environment. An explicit wish goes first, then `NO_COLOR`, `FORCE_COLOR` or `CLICOLOR_FORCE`,
    /// `TERM=dumb`, and whether it is a terminal. In CI and with `ACCESSIBLE` nothing is drawn in place, even on a
    /// terminal; with `ACCESSIBLE` nothing beyond ASCII is used.
    ///
    /// @param tty whether the output is a terminal
    /// @param charset of the output
    public static Terminal decide(Map<String, String> environment, boolean tty, Charset charset, Colour wish) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean accessible = set(environment, "ACCESSIBLE");
        boolean live = tty && !dumb && !accessible && !set(environment, "CI");
        boolean colour = switch (wish) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                !set(environment, "NO_COLOR")
                        && (set(environment, "FORCE_COLOR") || set(environment, "CLICOLOR_FORCE") || (tty && !dumb));
        };
        boolean unicode = !accessible && charset.newEncoder().canEncode('✗');
        int width = Optional.ofNullable(environment.get("COLUMNS"))
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .map(columns -> Math.clamp(columns, NARROWEST, WIDEST))
                .orElse(WIDEST);
        return new Terminal(live, colour, unicode, width);
    }

    private static boolean set(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    /// Returns the signs that it can show.
    public Glyphs glyphs() {
        return unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    }

    /// Returns its colours.
    public Ink ink() {
        return new Ink(colour);
    }
}
