package io.ordeal.chaos.network;

import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// What this host can do to packets, found by doing it in a namespace that is thrown away.
///
/// Each says why it is lacking, or is empty.
public record NetworkMeans(
        Optional<String> nftables, Optional<String> htb, Optional<String> netem, Optional<String> destroy) {
    private static final String RULES = """
        add table inet ordeal_probe { flags owner; }
        add set inet ordeal_probe live { type nf_proto; flags timeout; }
        add element inet ordeal_probe live { ipv4 timeout 9s }
        add limit inet ordeal_probe up { rate over 1000 bytes/second burst 66000 bytes; }
        add chain inet ordeal_probe input { type filter hook input priority -300; policy accept; }
        add rule inet ordeal_probe input meta nfproto @live numgen random mod 10000 < 1 counter drop
        add rule inet ordeal_probe input th dport 9 limit name "up" counter reject with tcp reset
        """;

    /// Tries everything, each beside the others.
    public static NetworkMeans find() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nft = tried(threads, () -> lacking("nft", "nftables", RULES, "unshare", "-n", "nft", "-f", "-"));
            var htb = tried(
                    threads,
                    () -> lacking(
                            "tc", "iproute2", "", "unshare", "-n", "tc", "qdisc", "add", "dev", "lo", "root", "htb"));
            var netem = tried(
                    threads,
                    () -> lacking(
                            "tc",
                            "iproute2",
                            "",
                            "unshare",
                            "-n",
                            "tc",
                            "qdisc",
                            "add",
                            "dev",
                            "lo",
                            "root",
                            "netem",
                            "delay",
                            "1ms"));
            var destroy = tried(threads, NetworkMeans::destroys);
            return new NetworkMeans(nft.join(), htb.join(), netem.join(), destroy.join());
        }
    }

    private static CompletableFuture<Optional<String>> tried(
            java.util.concurrent.Executor threads, Supplier<Optional<String>> trial) {
        return CompletableFuture.supplyAsync(trial, threads);
    }

    private static Optional<String> lacking(String program, String debian, String input, String... command) {
        if (Program.find(program).isEmpty()) {
            return Optional.of(program + " is not installed (Debian's package " + debian + ")");
        }
        try {
            var said = Program.run(List.of(command), input);
            return said.well() ? Optional.empty() : Optional.of(said.problem());
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A connection of our own is closed by the kernel on request, or is not.
    private static Optional<String> destroys() {
        if (Program.find("ss").isEmpty()) {
            return Optional.of("ss is not installed (Debian's package iproute2)");
        }
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(listening.getInetAddress(), listening.getLocalPort());
                var accepted = listening.accept()) {
            var said = Program.run(List.of(
                    "ss",
                    "-K",
                    "-t",
                    "-n",
                    "-H",
                    "sport",
                    "=",
                    ":" + client.getPort(),
                    "and",
                    "dport",
                    "=",
                    ":" + client.getLocalPort()));
            accepted.setSoTimeout(500);
            return said.well() && ended(accepted)
                    ? Optional.empty()
                    : Optional.of("ss -K does nothing: no right to, or a kernel without INET_DIAG_DESTROY");
        } catch (IOException | IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Returns them for the announcement.
    public List<Mechanism> mechanisms() {
        return List.of(
                mechanism("nftables", nftables, "rules in tables that the kernel removes with their owner"),
                mechanism("htb", htb, "bandwidth by a queue; elsewhere, and for what arrives, by a policer"),
                mechanism("netem", netem, "latency, duplicates, order and damage of packets"),
                mechanism("ss -K", destroy, "open connections are closed"));
    }

    private static Mechanism mechanism(String name, Optional<String> lacking, String what) {
        return new Mechanism(name, lacking.isEmpty(), lacking.orElse(what));
    }

    /// Returns why `kind` cannot be done to packets here, or empty where it can.
    public Optional<String> impossible(FaultKind kind) {
        var rules = nftables.map(why -> "nftables cannot be used: " + why);
        return switch (kind) {
            case LOSS, PARTITION, REFUSE, BANDWIDTH -> rules;
            case RESET -> rules.or(() -> destroy.map(why -> "open connections cannot be reset: " + why));
            case LATENCY ->
                rules.or(() -> netem.map(
                        why -> "packets cannot be delayed without netem (" + why + "); give the target a proxy"));
            case DUPLICATE, REORDER, CORRUPT ->
                rules.or(() -> netem.map(why -> kind.published() + " needs netem, which this kernel lacks (" + why
                        + "); loss is possible without it, and a proxy delays"));
            default -> Optional.of("there is no " + kind.published() + " of a network");
        };
    }
}
