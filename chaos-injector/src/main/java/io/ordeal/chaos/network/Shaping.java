package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.TrafficFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A class of a device's HTB discipline. The discipline at the root is shared by all faults on the device and goes with
/// the last of them; packets that no rule steers into a class pass as if it were not there.
///
/// @param number of the class, from 1
record Shaping(Namespace namespace, String device, int number) {
    /// The root of a device is added and removed by one fault at a time.
    private static final ReentrantLock ROOT = new ReentrantLock();

    private static final String HANDLE = "4f52:";
    private static final long FAST = 12_500_000_000L;

    /// Returns the name of the class with that number.
    static String classid(int number) {
        return HANDLE + Integer.toHexString(number);
    }

    /// Returns the line of `tc` about the root of the device; a namespace that has gone has none left.
    static String root(Namespace namespace, String device) {
        var said = Program.run(namespace.enter("tc", "qdisc", "show", "dev", device, "root"));
        if (!said.well() && namespace.present()) {
            throw new IllegalStateException("tc cannot show " + device + ": " + said.problem());
        }
        return said.out().lines().findFirst().orElse("qdisc noqueue 0: root").strip();
    }

    /// Whether the root of a device is nobody's, or ours.
    static boolean free(String root) {
        return root.startsWith("qdisc noqueue ") || ours(root);
    }

    private static boolean ours(String root) {
        return root.startsWith("qdisc htb " + HANDLE + " ");
    }

    /// Makes the class.
    ///
    /// @throws IllegalStateException when it cannot be made; some of it may be
    void add(TrafficFault fault) {
        ROOT.lock();
        try {
            var root = root(namespace, device);
            if (!free(root)) {
                throw new IllegalStateException("the queueing discipline of " + device + " is not ours: " + root);
            }
            if (!ours(root)) {
                needed(addRoot());
            }
            for (var command : addClass(fault)) {
                needed(command);
            }
        } finally {
            ROOT.unlock();
        }
    }

    /// Removes the class, and the root with the last one.
    void remove() {
        ROOT.lock();
        try {
            if (!namespace.present() || !there() || !ours(root(namespace, device))) {
                return;
            }
            var classes = classes();
            if (classes.contains(classid(number))) {
                needed(namespace.enter("tc", "class", "del", "dev", device, "classid", classid(number)));
            }
            if (classes().isEmpty()) {
                needed(namespace.enter("tc", "qdisc", "del", "dev", device, "root", "handle", HANDLE));
            }
        } finally {
            ROOT.unlock();
        }
    }

    /// Whether nothing is left of it.
    boolean absent() {
        if (!namespace.present() || !there()) {
            return true;
        }
        var classes = classes();
        return !classes.contains(classid(number)) && (!classes.isEmpty() || !ours(root(namespace, device)));
    }

    /// Returns what the kernel says of the class.
    String shown() {
        return Program.run(namespace.enter("tc", "class", "show", "dev", device, "classid", classid(number)))
                .out()
                .lines()
                .findFirst()
                .orElse("none")
                .strip();
    }

    List<String> addRoot() {
        return namespace.enter("tc", "qdisc", "add", "dev", device, "root", "handle", HANDLE, "htb");
    }

    /// Returns the commands that make the class, with what delays or damages packets below it.
    List<List<String>> addClass(TrafficFault fault) {
        long rate = fault instanceof TrafficFault.Bandwidth(var _, var bytes, var _, var _) ? bytes : FAST;
        var burst = Math.max(2000, rate / 100) + "b";
        var commands = new ArrayList<List<String>>();
        commands.add(namespace.enter(
                "tc",
                "class",
                "add",
                "dev",
                device,
                "parent",
                HANDLE,
                "classid",
                classid(number),
                "htb",
                "rate",
                rate * 8 + "bit",
                "ceil",
                rate * 8 + "bit",
                "burst",
                burst,
                "cburst",
                burst,
                "quantum",
                "60000"));
        netem(fault).ifPresent(parameters -> {
            var words = new ArrayList<>(List.of(
                    "tc", "qdisc", "add", "dev", device, "parent", classid(number), "netem", "limit", "100000"));
            words.addAll(parameters);
            commands.add(namespace.enter(words.toArray(String[]::new)));
        });
        return commands;
    }

    private static Optional<List<String>> netem(TrafficFault fault) {
        return switch (fault) {
            case TrafficFault.Latency(var _, var latency, var jitter, var _, var _) ->
                Optional.of(
                        jitter.isZero()
                                ? List.of("delay", micros(latency))
                                : List.of("delay", micros(latency), micros(jitter)));
            case TrafficFault.Duplicate(var part) -> Optional.of(List.of("duplicate", percent(part)));
            case TrafficFault.Reorder(var part, var delay) ->
                Optional.of(List.of("delay", micros(delay), "reorder", percent(part)));
            case TrafficFault.Corrupt(var part) -> Optional.of(List.of("corrupt", percent(part)));
            default -> Optional.empty();
        };
    }

    private static String micros(Duration time) {
        return time.toNanos() / 1000 + "us";
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.4f%%", part * 100);
    }

    private boolean there() {
        return Program.run(namespace.enter("ip", "link", "show", "dev", device)).well();
    }

    private List<String> classes() {
        var said = Program.run(namespace.enter("tc", "class", "show", "dev", device));
        return said.out()
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .filter(words -> words.length > 2 && words[2].startsWith(HANDLE))
                .map(words -> words[2])
                .toList();
    }

    private static void needed(List<String> command) {
        var said = Program.run(command);
        if (!said.well()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said.problem());
        }
    }
}
