package io.ordeal.runtime.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/// A page in the making. Text and attribute values are escaped, names of elements and attributes are checked, and
/// every
/// element is closed, so that whatever a name contains stays text. Attributes that can run script or style cannot be
/// written at all.
public final class Html {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Set<String> VOID = Set.of("meta", "br", "link");
    private static final Set<String> RAW = Set.of("script", "style");

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /// What is written within an element.
    public interface Content {
        void write();
    }

    private Html(String start) {
        text.append(start);
    }

    /// Returns a page without content.
    public static Html page() {
        return new Html("<!doctype html>\n");
    }

    /// Returns a part of a page without content.
    public static Html fragment() {
        return new Html("");
    }

    /// Writes an element with its content.
    ///
    /// @param attributes names and values in turn
    public Html element(String name, Content content, String... attributes) {
        start(name, attributes);
        open.push(name);
        content.write();
        open.pop();
        text.append("</").append(name).append('>');
        if (open.size() < 4) {
            text.append('\n');
        }
        return this;
    }

    /// Writes an element that holds a text.
    public Html element(String name, String content, String... attributes) {
        return element(name, () -> text(content), attributes);
    }

    /// Writes an element without content.
    public Html empty(String name, String... attributes) {
        start(name, attributes);
        if (!VOID.contains(name)) {
            text.append("</").append(name).append('>');
        }
        return this;
    }

    /// Writes text.
    public Html text(String content) {
        text.append(escaped(content));
        return this;
    }

    /// Writes what another [Html] has made: it was checked there.
    public Html part(Html other) {
        text.append(other.text);
        return this;
    }

    /// Writes a script or style of our own as it stands. It must not hold what would end its element.
    public Html own(String name, String content, String... attributes) {
        if (!RAW.contains(name) || content.contains("</")) {
            throw new IllegalArgumentException("this does not stay within <" + name + ">");
        }
        start(name, attributes);
        text.append(content).append("</").append(name).append(">\n");
        return this;
    }

    private void start(String name, String... attributes) {
        check(name);
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            check(attributes[i]);
            if (attributes[i].startsWith("on") || attributes[i].equals("style")) {
                throw new IllegalArgumentException("attribute " + attributes[i] + " is not for this page");
            }
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("`" + name + "` is no name of an element or attribute");
        }
    }

    /// Control characters and those that turn the direction of writing become visible.
    private static String escaped(String content) {
        var safe = new StringBuilder(content.length() + 16);
        content.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean hidden = (Character.isISOControl(c) && c != '\n' && c != '\t')
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE;
                    safe.appendCodePoint(hidden ? 0xFFFD : c);
                }
            }
        });
        return safe.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
