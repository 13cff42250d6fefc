package io.ordeal.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DocketTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Docket docket = new Docket(Configurations.usual(), "theirs"::equals);

    @Test
    void injectsAValidFault() {
        assertThat(docket.decide(inject("c-1", pause("f-1")), NOW, List.of()))
                .isInstanceOfSatisfying(
                        Decision.Inject.class,
                        inject -> assertThat(inject.plan().key()).isEqualTo(new FaultKey("run", "f-1")));
    }

    @Test
    void takesTheSameCommandOnce() {
        docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        assertThat(docket.decide(inject("c-1", pause("f-1")), NOW, List.of())).isEqualTo(new Decision.Repeat());
    }

    @Test
    void takesTheSameFaultOnceUnderAnotherCommand() {
        docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        assertThat(docket.decide(inject("c-2", pause("f-1")), NOW, List.of())).isEqualTo(new Decision.Repeat());
    }

    @Test
    void refusesTheSameIdWithOtherContent() {
        docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        assertThat(reasons(docket.decide(inject("c-1", pause("f-2")), NOW, List.of())))
                .containsExactly("the command id was used before, with other content");
        assertThat(reasons(docket.decide(inject("c-3", kill("f-1")), NOW, List.of())))
                .containsExactly("the fault id was used before in this run, with other content");
    }

    @Test
    void knowsTheCommandsOfAnEarlierLife() {
        var first = (Decision.Inject) docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        var second = new Docket(Configurations.usual(), "theirs"::equals);
        second.remember("c-1", first.digest(), Optional.of(first.plan().key()), first.digest());
        assertThat(second.decide(inject("c-1", pause("f-1")), NOW, List.of())).isEqualTo(new Decision.Repeat());
    }

    @Test
    void letsAFaultBeAskedForAgainThatCouldNotBegin() {
        docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        docket.release(new FaultKey("run", "f-1"));
        assertThat(docket.decide(inject("c-2", pause("f-1")), NOW, List.of())).isInstanceOf(Decision.Inject.class);
    }

    @Test
    void refusesExpiredCommands() {
        var late = new Command(
                "c-1", "run", NOW.minusSeconds(61), Optional.empty(), "me", new Command.InjectFault(pause("f")));
        assertThat(reasons(docket.decide(late, NOW, List.of())))
                .singleElement()
                .asString()
                .contains("has expired");
        var ended = new Command(
                "c-2", "run", NOW, Optional.of(NOW.minusMillis(1)), "me", new Command.ClearAllFaults("why"));
        assertThat(docket.decide(ended, NOW, List.of())).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void refusesACommandThatIsValidForTooLong() {
        var endless =
                new Command("c-1", "run", NOW, Optional.of(Instant.MAX), "me", new Command.InjectFault(pause("f")));
        assertThat(reasons(docket.decide(endless, NOW, List.of())))
                .containsExactly("the command must expire within 10 minutes");
    }

    @Test
    void refusesMoreFaultsAtOnceThanAllowed() {
        var live = List.of(plan("a", "api", latency()), plan("b", "narrow", latency()));
        assertThat(reasons(docket.decide(inject("c-1", pause("f-1")), NOW, live)))
                .containsExactly("2 faults are in force; at most 2 may be at once");
    }

    @Test
    void refusesFaultsThatHideOneAnother() {
        var live = List.of(plan("a", "api", new TrafficFault.Partition(Direction.BOTH, 1)));
        var latency = spec("f-1", "latency", Map.of("latency", "10ms"));
        assertThat(reasons(docket.decide(inject("c-1", latency), NOW, live)))
                .containsExactly("latency cannot be combined with partition a on api");
    }

    @Test
    void combinesLatencyWithBandwidth() {
        var bandwidth = spec("f-1", "bandwidth", Map.of("rate", "10KB/s"));
        assertThat(docket.decide(inject("c-1", bandwidth), NOW, List.of(plan("a", "api", latency()))))
                .isInstanceOf(Decision.Inject.class);
    }

    @Test
    void clearsWhatBelongsToTheRunThatIsAborted() {
        var live = List.of(plan("a", "api", latency()), plan("b", "narrow", latency()));
        assertThat(docket.decide(command("c-1", new Command.AbortRun("enough")), NOW, live))
                .isEqualTo(new Decision.Clear(live.stream().map(FaultPlan::key).toList(), "enough"));
        var other = new Command("c-2", "other", NOW, Optional.empty(), "me", new Command.AbortRun("enough"));
        assertThat(docket.decide(other, NOW, live)).isEqualTo(new Decision.Clear(List.of(), "enough"));
    }

    @Test
    void refusesToClearWhatItNeverHeardOf() {
        assertThat(docket.decide(command("c-1", new Command.ClearFault("f-9", "why")), NOW, List.of()))
                .isEqualTo(new Decision.Refuse(List.of("no fault `f-9` is known in this run")));
    }

    @Test
    void keepsSilentAboutATargetThatAnotherInjectorAnswersFor() {
        var theirs = new FaultSpec("f", "pause", "theirs", Map.of(), Duration.ofSeconds(1), 1, Duration.ZERO);
        assertThat(docket.decide(inject("c-1", theirs), NOW, List.of())).isEqualTo(new Decision.NotOurs());
        var nobodys = new FaultSpec("g", "pause", "nobodys", Map.of(), Duration.ofSeconds(1), 1, Duration.ZERO);
        assertThat(reasons(docket.decide(inject("c-2", nobodys), NOW, List.of())))
                .containsExactly("unknown target `nobodys`; this injector has api, narrow, host");
    }

    @Test
    void rehearsesWithoutRememberingAndUnderTheSameRules() {
        var asked = command("c-1", new Command.InjectFault(pause("f-1"), true));
        assertThat(docket.decide(asked, NOW, List.of())).isInstanceOf(Decision.Rehearse.class);
        assertThat(docket.decide(asked, NOW, List.of())).isInstanceOf(Decision.Rehearse.class);
        var live = List.of(plan("a", "api", latency()), plan("b", "narrow", latency()));
        assertThat(docket.decide(asked, NOW, live)).isInstanceOf(Decision.Reject.class);
        assertThat(docket.decide(inject("c-1", pause("f-1")), NOW, List.of())).isInstanceOf(Decision.Inject.class);
    }

    @Test
    void renewsTheLeasesOfARunAndForgetsLateRenewals() {
        assertThat(docket.decide(command("c-1", new Command.RenewFaults()), NOW, List.of()))
                .isEqualTo(new Decision.Renew("run"));
        var late = new Command("c-2", "run", NOW.minusSeconds(61), Optional.empty(), "me", new Command.RenewFaults());
        assertThat(docket.decide(late, NOW, List.of())).isEqualTo(new Decision.NotOurs());
    }

    @Test
    void livesByAChangedConfigurationAndRemembersWhatItDecided() {
        docket.decide(inject("c-1", pause("f-1")), NOW, List.of());
        docket.govern(Configurations.narrowOnly());
        assertThat(docket.decide(inject("c-1", pause("f-1")), NOW, List.of())).isEqualTo(new Decision.Repeat());
        assertThat(reasons(docket.decide(inject("c-2", pause("f-2")), NOW, List.of())))
                .containsExactly("unknown target `api`; this injector has narrow");
    }

    @Test
    void leavesLoadToTheGenerators() {
        assertThat(docket.decide(command("c-1", new Command.PauseLoad()), NOW, List.of()))
                .isEqualTo(new Decision.NotOurs());
    }

    @Property(tries = 10_000)
    void decidesOnAnyCommandWithoutException(@ForAll("commands") Command command) {
        assertThat(docket.decide(command, NOW, List.of(plan("a", "api", latency()))))
                .isNotNull();
    }

    @Provide
    Arbitrary<Command> commands() {
        var ids = Arbitraries.oneOf(
                Arbitraries.of("c-1", "c-2", ""), Arbitraries.strings().ofMaxLength(200));
        var instants = Arbitraries.of(
                NOW, Instant.MAX, Instant.MIN, Instant.EPOCH, NOW.minusSeconds(59), NOW.plus(Duration.ofDays(1)));
        var actions = Arbitraries.<Command.Action>of(
                new Command.InjectFault(pause("f-1")),
                new Command.InjectFault(kill("f-1")),
                new Command.ClearFault("f-1", "\0"),
                new Command.ClearAllFaults(""),
                new Command.AbortRun("x".repeat(10_000)),
                new Command.StopLoad("x"),
                new Command.StartLoad(Instant.MAX));
        return Combinators.combine(ids, ids, instants, instants.optional(), ids, actions)
                .as(Command::new);
    }

    private static List<String> reasons(Decision decision) {
        return ((Decision.Reject) decision).reasons();
    }

    private static Command inject(String id, FaultSpec spec) {
        return command(id, new Command.InjectFault(spec));
    }

    private static Command command(String id, Command.Action action) {
        return new Command(id, "run", NOW, Optional.empty(), "me", action);
    }

    private static FaultSpec pause(String id) {
        return spec(id, "pause", Map.of());
    }

    private static FaultSpec kill(String id) {
        return spec(id, "kill", Map.of());
    }

    private static FaultSpec spec(String id, String kind, Map<String, String> parameters) {
        return new FaultSpec(id, kind, "api", parameters, Duration.ofSeconds(10), 1, Duration.ZERO);
    }

    private static Fault latency() {
        return new TrafficFault.Latency(Direction.BOTH, Duration.ofMillis(10), Duration.ZERO, 1, Duration.ZERO);
    }

    private static FaultPlan plan(String id, String target, Fault fault) {
        return new FaultPlan(
                new FaultKey("run", id),
                "c",
                target,
                fault.kind().facets().getFirst(),
                fault,
                Duration.ofSeconds(5),
                Optional.empty());
    }
}
