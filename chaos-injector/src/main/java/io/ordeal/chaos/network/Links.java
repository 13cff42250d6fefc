package io.ordeal.chaos.network;

import java.util.Arrays;
import java.util.List;

/// The interfaces of a namespace.
record Links(Namespace namespace) {
    /// Returns the names of those that are up.
    List<String> up() {
        return Program.run(namespace.enter("ip", "-o", "link", "show", "up"))
                .out()
                .lines()
                .map(line -> line.split(" +", -1))
                .filter(words -> words.length > 1)
                .map(words -> words[1].replaceFirst("[@:].*", ""))
                .toList();
    }

    /// Whether there is one called `device`.
    boolean has(String device) {
        return Program.run(namespace.enter("ip", "link", "show", "dev", device)).well();
    }

    /// Returns the addresses of `device` that reach further than its own link.
    List<String> addresses(String device) {
        return Program.run(namespace.enter("ip", "-o", "addr", "show", "dev", device))
                .out()
                .lines()
                .map(line -> Arrays.asList(line.strip().split(" +", -1)))
                .filter(words -> words.size() > 3 && words.get(2).startsWith("inet") && !words.contains("link"))
                .map(words -> words.get(3).replaceFirst("/.*", ""))
                .toList();
    }
}
