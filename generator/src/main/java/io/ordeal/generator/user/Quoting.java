package io.ordeal.generator.user;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// How a value is written so that it means itself where it stands.
enum Quoting {
    /// As it is.
    NONE {
        @Override
        String quote(String value) {
            return value;
        }
    },
    /// Part of a path, a query or a form: everything but letters, digits and `- . _ ~` as `%20`.
    PERCENT {
        @Override
        String quote(String value) {
            return percent(value, false);
        }
    },
    /// The beginning of a path: an address that the service gave. Where the service lives is left out, load always
    /// goes to the target.
    ADDRESS {
        @Override
        String quote(String value) {
            var path = ORIGIN.matcher(value).replaceFirst("");
            int fragment = path.indexOf('#');
            var sent = percent(fragment < 0 ? path : path.substring(0, fragment), true);
            return sent.startsWith("/") ? sent : "/" + sent;
        }
    },
    /// The value of a header: one line.
    HEADER {
        @Override
        String quote(String value) {
            return CONTROL.matcher(value).replaceAll(" ");
        }
    },
    /// Within a string of JSON.
    JSON_STRING {
        @Override
        String quote(String value) {
            return Json.escaped(value);
        }
    },
    /// A value of JSON: what is one stays one, all else becomes a string.
    JSON_VALUE {
        @Override
        String quote(String value) {
            return Json.isValue(value) ? value : '"' + Json.escaped(value) + '"';
        }
    };

    private static final Pattern ORIGIN = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]+");
    private static final String UNRESERVED = "-._~";
    private static final String OF_ADDRESSES = "-._~:/?[]@!$&'()*+,;=%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    abstract String quote(String value);

    private static String percent(String value, boolean address) {
        var kept = address ? OF_ADDRESSES : UNRESERVED;
        if (value.chars().allMatch(c -> plain(c, kept))) {
            return value;
        }
        var text = new StringBuilder(value.length() + 16);
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            if (plain(unit, kept)) {
                text.append((char) unit);
            } else {
                HEX.toHexDigits(text.append('%'), unit);
            }
        }
        return text.toString();
    }

    private static boolean plain(int c, String kept) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || (c > 0 && kept.indexOf(c) >= 0);
    }
}
