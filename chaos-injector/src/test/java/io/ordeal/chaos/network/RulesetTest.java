package io.ordeal.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.process.ProcessId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The commands that make faults on packets.
class RulesetTest {
    private static final Duration LIMIT = Duration.ofMillis(30_500);
    private static final Scope WEB = new Scope(Optional.empty(), Set.of(443, 80), List.of(), Set.of(), List.of());

    @Test
    void everyRuleThatDoesSomethingMatchesOnlyWhileTheTimedSetLives() {
        var commands = rules(WEB, new TrafficFault.Loss(Direction.BOTH, 0.05, Duration.ofMillis(200), 1));
        assertThat(commands)
                .startsWith(
                        "add table inet t { flags owner; }",
                        "add set inet t live { type nf_proto; flags timeout; }",
                        "add element inet t live { ipv4 timeout 31s, ipv6 timeout 31s }",
                        "add set inet t ports { type inet_service; }",
                        "add element inet t ports { 80, 443 }")
                .contains("add rule inet t input iifname != \"lo\" meta nfproto @live th dport @ports"
                        + " numgen random mod 10000 < 500 counter drop comment \"hit up\"")
                .filteredOn(command -> command.startsWith("add rule"))
                .allSatisfy(rule -> assertThat(rule).contains("@live"));
    }

    @Test
    void whatArrivesIsDroppedOnArrivalAndLoopbackOnce() {
        var commands = rules(WEB, new TrafficFault.Partition(Direction.BOTH, 1));
        assertThat(commands)
                .filteredOn(command -> command.startsWith("add rule"))
                .hasSize(6)
                .filteredOn(rule -> rule.contains("inet t output"))
                .allSatisfy(rule -> assertThat(rule).contains("oifname != \"lo\""));
    }

    @Test
    void onePartitionedDirectionHasNoRuleForTheOther() {
        assertThat(rules(WEB, new TrafficFault.Partition(Direction.UPSTREAM, 1)))
                .noneMatch(command -> command.contains("sport @ports"));
        assertThat(rules(WEB, new TrafficFault.Partition(Direction.DOWNSTREAM, 1)))
                .noneMatch(command -> command.contains("dport @ports"));
    }

    @Test
    void exemptionsComeFirstInEveryChain() {
        var spared = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9092);
        var scope =
                new Scope(Optional.of("eth0"), Set.of(), List.of("10.0.0.0/8", "fd00::1"), Set.of(22), List.of(spared));
        var commands = rules(scope, new TrafficFault.Partition(Direction.BOTH, 1));
        for (var chain : List.of("input", "output", "forward")) {
            assertThat(commands)
                    .filteredOn(command -> command.startsWith("add rule inet t " + chain + " "))
                    .startsWith(
                            "add rule inet t " + chain + " th dport @protected accept",
                            "add rule inet t " + chain + " th sport @protected accept",
                            "add rule inet t " + chain + " ip daddr 10.0.0.9 tcp dport 9092 accept",
                            "add rule inet t " + chain + " ip saddr 10.0.0.9 tcp sport 9092 accept");
        }
        assertThat(commands)
                .contains(
                        "add rule inet t input iifname \"eth0\" meta nfproto @live ip saddr @peers4 counter drop"
                                + " comment \"hit up\"",
                        "add rule inet t output oifname \"eth0\" meta nfproto @live ip6 daddr @peers6 counter drop"
                                + " comment \"hit down\"");
    }

    @Test
    void whatIsShapedIsSteeredIntoItsClassAndNotPolicedAsWell() {
        var fault = new TrafficFault.Bandwidth(Direction.BOTH, 1000, 1, Duration.ZERO);
        var commands = new Ruleset("t", WEB, fault, LIMIT, Map.of("eth0", 0x10)).commands();
        assertThat(commands)
                .contains(
                        "add limit inet t up { rate over 1000 bytes/second burst 65000 bytes; }",
                        "add rule inet t postrouting oifname \"eth0\" meta nfproto @live th dport @ports meta priority"
                                + " set 4f52:10 counter comment \"hit up\"",
                        "add rule inet t postrouting oifname \"eth0\" meta nfproto @live th sport @ports meta priority"
                                + " set 4f52:11 counter comment \"hit down\"")
                .filteredOn(command -> command.contains("inet t output"))
                .allSatisfy(command -> assertThat(command).doesNotContain("oifname \"eth0\""));
    }

    @Test
    void delaysAndDamageAreMadeByNetemBelowTheClass() {
        var shaping = new Shaping(new Namespace.Named("n"), "eth0", 0x10);
        assertThat(netem(
                        shaping,
                        new TrafficFault.Latency(
                                Direction.DOWNSTREAM, Duration.ofMillis(100), Duration.ofMillis(10), 1, Duration.ZERO)))
                .isEqualTo("nsenter --net=/run/netns/n tc qdisc add dev eth0 parent 4f52:10 netem limit 100000 delay"
                        + " 100000us 10000us");
        assertThat(netem(shaping, new TrafficFault.Duplicate(0.125))).endsWith("netem limit 100000 duplicate 12.5000%");
        assertThat(netem(shaping, new TrafficFault.Reorder(0.25, Duration.ofMillis(5))))
                .endsWith("netem limit 100000 delay 5000us reorder 25.0000%");
        assertThat(netem(shaping, new TrafficFault.Corrupt(0.001))).endsWith("netem limit 100000 corrupt 0.1000%");
    }

    @Test
    void aClassPassesItsRateInBitsPerSecond() {
        var shaping = new Shaping(new Namespace.Own(), "eth0", 1);
        var fault = new TrafficFault.Bandwidth(Direction.BOTH, 125_000, 1, Duration.ZERO);
        assertThat(String.join(" ", shaping.addClass(fault).getFirst()))
                .isEqualTo("tc class add dev eth0 parent 4f52: classid 4f52:1 htb rate 1000000bit ceil 1000000bit burst"
                        + " 2000b cburst 2000b quantum 60000");
    }

    @Test
    void theSocketsOfTheServiceAreClosedFirstAndThoseOfTheControlPlaneNever() {
        var spared = new InetSocketAddress(InetAddress.ofLiteral("::1"), 9092);
        var scope = new Scope(Optional.empty(), Set.of(80), List.of("fd00::/8"), Set.of(22), List.of(spared));
        var commands = new Sockets(new Namespace.Own(), scope, List.of()).commands();
        assertThat(String.join(" ", commands.getFirst()))
                .isEqualTo("ss -K -t -n -H state connected ( sport = :80 ) and ( dst [fd00::]/8 ) and ( not sport = :22"
                        + " and not dport = :22 ) and not ( dst [0:0:0:0:0:0:0:1] and dport = :9092 ) and not ( src"
                        + " [0:0:0:0:0:0:0:1] and sport = :9092 )");
        assertThat(commands.getLast()).contains("dport");
    }

    @Test
    void undoesAreReadAsTheyAreWritten() {
        for (var namespace :
                List.of(new Namespace.Own(), new Namespace.Named("n"), new Namespace.OfProcess(new ProcessId(7, 8)))) {
            var table = new RemoveTable(namespace, "t");
            assertThat(RemoveTable.read(rest(table.words()))).isEqualTo(table);
            var shaping = new RemoveClass(namespace, "eth0", 3);
            assertThat(RemoveClass.read(rest(shaping.words()))).isEqualTo(shaping);
        }
    }

    @Test
    void countersAreAddedUpByTheirNames() {
        assertThat(Counters.parse("""
            iifname "lo" counter packets 3 bytes 100 comment "seen up"
            iifname "lo" numgen random mod 10000 < 5 counter packets 1 bytes 50 drop comment "hit up"
            iifname "lo" counter packets 2 bytes 10 reject with tcp reset comment "hit down"
            """)).isEqualTo(new Counters(3, 100, 3, 60));
    }

    private static List<String> rest(List<String> words) {
        return words.subList(1, words.size());
    }

    private static List<String> rules(Scope scope, TrafficFault fault) {
        return new Ruleset("t", scope, fault, LIMIT, Map.of()).commands();
    }

    private static String netem(Shaping shaping, TrafficFault fault) {
        return String.join(" ", shaping.addClass(fault).getLast());
    }
}
