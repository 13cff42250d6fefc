package io.ordeal.chaos.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/// A host and a TCP port, not resolved.
///
/// @param host a name or an address
/// @param port 0 to 65535; 0 stands for a free one where it is listened on
public record Address(String host, int port) {
    private static final Pattern SHAPE = Pattern.compile("\\[?([0-9A-Za-z._:%-]+?)]?:([0-9]{1,5})");

    public Address {
        if (host.isBlank() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("no address: " + host + ":" + port);
        }
    }

    /// Reads `host:port` or `[v6 address]:port`, or returns empty where it is none.
    public static Optional<Address> parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(2)) > 65535) {
            return Optional.empty();
        }
        return Optional.of(new Address(match.group(1), Integer.parseInt(match.group(2))));
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
