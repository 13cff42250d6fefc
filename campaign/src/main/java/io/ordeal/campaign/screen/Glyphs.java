package io.ordeal.campaign.screen;

/// The signs that screens are drawn with, in a set that every terminal has and in one that most have.
///
/// @param pass before what is good
/// @param fail before what is bad
/// @param unknown before what cannot be said
/// @param waiting before what is still to come
/// @param running before what is under way
/// @param full a part of a bar that is done
/// @param tip the end of that part
/// @param rest a part of a bar that is to come
/// @param fault a part of a lane in which a fault is planned or in force
/// @param up a part of a lane in which load rises
/// @param down a part of a lane in which load falls
/// @param flat a part of a lane in which load is constant
/// @param now below the present
/// @param none where there is no value
/// @param dot between items
public record Glyphs(
        String pass,
        String fail,
        String unknown,
        String waiting,
        String running,
        String full,
        String tip,
        String rest,
        String fault,
        String up,
        String down,
        String flat,
        String now,
        String none,
        String dot) {
    /// For terminals that can show them.
    public static final Glyphs UNICODE =
            new Glyphs("✓", "✗", "?", "·", "▶", "━", "╸", "─", "▒", "╱", "╲", "━", "▲", "–", "·");
    /// For every terminal.
    public static final Glyphs ASCII =
            new Glyphs("+", "x", "?", ".", ">", "=", ">", "-", "#", "/", "\\", "=", "^", "-", "|");
}
