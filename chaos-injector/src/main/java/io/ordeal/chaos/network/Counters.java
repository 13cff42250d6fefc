package io.ordeal.chaos.network;

import java.util.regex.Pattern;

/// What the rules of a table have counted.
///
/// @param seen packets that a fault could have met; those of rules that meet all are not among them
/// @param hit packets that it has met
/// @param hitBytes their bytes
record Counters(long seen, long seenBytes, long hit, long hitBytes) {
    private static final Pattern COUNTED =
            Pattern.compile("counter packets ([0-9]+) bytes ([0-9]+).* comment \"(hit|seen) (?:up|down)\"");

    /// Reads the table; a table that is not there has counted nothing.
    static Counters read(Namespace namespace, String table) {
        return parse(Program.run(namespace.enter("nft", "list", "table", "inet", table))
                .out());
    }

    static Counters parse(String listing) {
        var counters = new Counters(0, 0, 0, 0);
        var matcher = COUNTED.matcher(listing);
        while (matcher.find()) {
            long packets = Long.parseLong(matcher.group(1));
            long bytes = Long.parseLong(matcher.group(2));
            counters = matcher.group(3).equals(Ruleset.HIT)
                    ? new Counters(counters.seen, counters.seenBytes, counters.hit + packets, counters.hitBytes + bytes)
                    : new Counters(
                            counters.seen + packets, counters.seenBytes + bytes, counters.hit, counters.hitBytes);
        }
        return counters;
    }
}
