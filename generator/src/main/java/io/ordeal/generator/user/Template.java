package io.ordeal.generator.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A text in which `${name}` stands for a variable and `$${` for `${`. It has no `toString()`: a template that was
/// filled in from the environment holds secrets.
public final class Template {
    private static final String OPEN = "${";

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = pieces;
    }

    private sealed interface Piece {}

    private record Literal(String text) implements Piece {}

    private record Slot(Placeholder placeholder, Quoting quoting) implements Piece {}

    /// Reads a text whose values are put in as they are.
    ///
    /// @throws IllegalArgumentException when it is no template; the message says why
    public static Template of(String text) {
        return new Template(pieces(text, Quoting.NONE));
    }

    /// Reads a path with its query. Values are percent-encoded; but a path that begins with a variable is an address
    /// that the service gave, of which scheme, host and port are left out.
    ///
    /// @throws IllegalArgumentException when it is no template; the message says why
    public static Template ofPath(String text) {
        var pieces = pieces(text, Quoting.PERCENT);
        if (!pieces.isEmpty() && pieces.getFirst() instanceof Slot(var placeholder, var _)) {
            pieces.set(0, new Slot(placeholder, Quoting.ADDRESS));
        }
        return new Template(pieces);
    }

    /// Reads the value of a header. Control characters become blanks.
    ///
    /// @throws IllegalArgumentException when it is no template; the message says why
    public static Template ofHeader(String text) {
        return new Template(pieces(text, Quoting.HEADER));
    }

    /// Reads a body. In JSON, values within strings are escaped, and elsewhere become strings unless they are values
    /// of JSON themselves; in forms they are percent-encoded; in all else they are put in as they are.
    ///
    /// @param contentType the value of the header; empty: not known
    /// @throws IllegalArgumentException when it is no template; the message says why
    public static Template ofBody(String text, String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return new Template(asJson(pieces(text, Quoting.JSON_VALUE)));
        }
        return new Template(
                pieces(text, type.equals("application/x-www-form-urlencoded") ? Quoting.PERCENT : Quoting.NONE));
    }

    /// Whether `text` has anything to fill in or to take back.
    public static boolean in(String text) {
        return text.contains(OPEN);
    }

    /// Whether it is the same each time.
    public boolean fixed() {
        return pieces.stream().allMatch(Literal.class::isInstance);
    }

    /// Returns what is to be filled in, in the order of the text.
    public List<Placeholder> placeholders() {
        return pieces.stream()
                .filter(Slot.class::isInstance)
                .map(piece -> ((Slot) piece).placeholder)
                .toList();
    }

    /// Returns the template with environment variables filled in.
    ///
    /// @param environment knows the value of each
    /// @throws IllegalArgumentException when there is no such variable
    public Template within(Function<String, Optional<String>> environment) {
        return new Template(pieces.stream()
                .map(piece -> piece instanceof Slot(Placeholder.Environment(var name), var quoting)
                        ? new Literal(quoting.quote(environment
                                .apply(name)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "there is no environment variable `" + name + "`"))))
                        : piece)
                .collect(Collectors.toList()));
    }

    /// Returns the text with everything filled in.
    public String render(Variables variables) {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Literal(var text)) {
            return text;
        }
        var rendered = new StringBuilder();
        for (var piece : pieces) {
            switch (piece) {
                case Literal(var text) -> rendered.append(text);
                case Slot(var placeholder, var quoting) -> rendered.append(quoting.quote(variables.value(placeholder)));
            }
        }
        return rendered.toString();
    }

    private static List<Piece> pieces(String text, Quoting quoting) {
        var pieces = new ArrayList<Piece>();
        var literal = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            if (open > at && text.charAt(open - 1) == '$') {
                literal.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
            } else {
                literal.append(text, at, open);
                int close = text.indexOf('}', open);
                if (close < 0) {
                    throw new IllegalArgumentException("`" + text.substring(open) + "` has no `}`");
                }
                flush(literal, pieces);
                pieces.add(new Slot(
                        Placeholder.of(
                                text.substring(open + OPEN.length(), close).strip()),
                        quoting));
                at = close + 1;
            }
        }
        literal.append(text, at, text.length());
        flush(literal, pieces);
        return pieces;
    }

    private static void flush(StringBuilder literal, List<Piece> pieces) {
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static List<Piece> asJson(List<Piece> pieces) {
        boolean inString = false;
        for (int i = 0; i < pieces.size(); i++) {
            switch (pieces.get(i)) {
                case Literal(var text) -> inString = Json.endsInString(text, inString);
                case Slot(var placeholder, var _) -> {
                    if (inString) {
                        pieces.set(i, new Slot(placeholder, Quoting.JSON_STRING));
                    }
                }
            }
        }
        return pieces;
    }
}
