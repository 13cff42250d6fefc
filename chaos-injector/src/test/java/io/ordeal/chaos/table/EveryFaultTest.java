package io.ordeal.chaos.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ordeal.chaos.table.FaultFixture.Asked;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault that this host can do, in an injector of its own process: applied, measured, reverted; then with the
/// injector killed by `kill -9`, alone and together with its guard.
///
/// With `-Dordeal.table=write` it writes what it measured to `docs/fault-endings.md`.
class EveryFaultTest {
    /// What the guard has at most, with every JVM on two cores.
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Path PAGE = Path.of("../docs/fault-endings.md");
    private static final String LIMITS = "limits: {faults-at-once: 50}\ntargets:\n";

    /// Kinds that no fixture shows: they need netem, which not every kernel has.
    private static final Set<FaultKind> NOT_SHOWN =
            EnumSet.of(FaultKind.DUPLICATE, FaultKind.REORDER, FaultKind.CORRUPT);

    /// Otherwise the last test holds one round of each family: those that go together.
    private static final boolean WRITING = "write".equals(System.getProperty("ordeal.table"));

    private static final Map<String, Row> ROWS = new TreeMap<>();

    @TempDir
    private Path folder;

    /// What was measured of one fault.
    private static final class Row {
        private Duration applied = Duration.ZERO;
        private Duration reverted = Duration.ZERO;
        private Optional<Duration> killed = Optional.empty();
        private Optional<Duration> restarted = Optional.empty();
        private String by = "";
    }

    /// A family of faults.
    ///
    /// @param lacking what the host lacks for it; empty: nothing
    record Family(String name, Optional<String> lacking, Making making) {
        FaultFixture make(Path folder) throws IOException {
            assumeThat(lacking).isEmpty();
            return making.in(Files.createTempDirectory(folder, name));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Makes a fixture, which may keep files in a folder.
    interface Making {
        FaultFixture in(Path folder) throws IOException;
    }

    static Stream<Family> families() {
        return Stream.of(
                new Family("proxy", Optional.empty(), _ -> new ProxyFixture()),
                new Family("network", lacking(NetworkFixture.possible(), "nftables"), _ -> new NetworkFixture()),
                new Family("process", Optional.empty(), ProcessFixture::new),
                new Family("resource", Optional.empty(), ResourceFixture::new),
                new Family("gpu", Optional.empty(), GpuFixture::new),
                new Family(
                        "container",
                        lacking(ContainerFixture.possible(), "a Docker engine"),
                        _ -> new ContainerFixture()));
    }

    private static Optional<String> lacking(boolean possible, String what) {
        return possible ? Optional.empty() : Optional.of("this host lacks " + what);
    }

    @ParameterizedTest
    @MethodSource("families")
    void isAppliedMeasuredAndRevertedAndTheHostIsAsBefore(Family family) throws Exception {
        try (var fixture = family.make(folder);
                var injector = new ChildInjector(folder, configuration(fixture))) {
            injector.awaitReady();
            int number = 0;
            for (var asked : fixture.faults()) {
                var id = "f-" + number++;
                long begun = System.nanoTime();
                assertThat(injector.inject(id, asked)).startsWith("applied").contains("=");
                row(asked).applied = since(begun);
                long ended = System.nanoTime();
                assertThat(injector.clear(id))
                        .startsWith("reverted " + id + " CLEARED")
                        .contains("=");
                row(asked).reverted = since(ended);
                assertThat(fixture.left()).as("after %s", asked).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void isUndoneWithoutTheInjectorWhenThatIsKilled(Family family) throws Exception {
        try (var fixture = family.make(folder)) {
            for (var pending = fixture.faults(); !pending.isEmpty(); ) {
                var round = hold(fixture, pending);
                round.injector().kill();
                long killed = System.nanoTime();
                awaitNothingLeft(fixture);
                var took = since(killed);
                try (var next = new ChildInjector(folder, configuration(fixture))) {
                    next.awaitReady();
                    round.held().forEach((id, asked) -> {
                        var line = next.said("reverted " + id + " ").orElse("");
                        assertThat(line)
                                .as("what the next life says of %s", asked)
                                .isNotEmpty();
                        row(asked).killed = Optional.of(took);
                        row(asked).by = by(asked, line);
                    });
                }
                pending = rest(pending, round);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void isUndoneWhenTheInjectorStartsAgainAfterItAndItsGuardWereKilled(Family family) throws Exception {
        try (var fixture = family.make(folder)) {
            for (var pending = fixture.faults(); !pending.isEmpty(); ) {
                var round = hold(fixture, pending);
                round.injector().killWithGuard(round.guard());
                long begun = System.nanoTime();
                try (var next = new ChildInjector(folder, configuration(fixture))) {
                    next.await("recovered");
                    awaitNothingLeft(fixture);
                    var took = since(begun);
                    next.awaitReady();
                    round.held().forEach((id, asked) -> {
                        assertThat(next.said("reverted " + id + " "))
                                .as("%s", asked)
                                .isPresent();
                        row(asked).restarted = Optional.of(took);
                    });
                }
                pending = WRITING ? rest(pending, round) : List.of();
            }
        }
    }

    @Test
    void knowsOfEveryKindWhetherItIsShown() throws IOException {
        var shown = EnumSet.noneOf(FaultKind.class);
        for (var family : families().toList()) {
            try (var fixture = family.make(folder)) {
                fixture.faults().forEach(asked -> shown.add(asked.kind()));
            }
        }
        assertThat(EnumSet.complementOf(shown)).isEqualTo(NOT_SHOWN);
    }

    /// As many faults as go together, in force in a new injector.
    private record Round(ChildInjector injector, long guard, Map<String, Asked> held) {}

    private Round hold(FaultFixture fixture, List<Asked> pending) throws IOException {
        var injector = new ChildInjector(folder, configuration(fixture));
        long guard = injector.awaitReady();
        var held = new LinkedHashMap<String, Asked>();
        for (var asked : pending) {
            var id = "k-" + System.nanoTime();
            var answer = injector.inject(id, asked);
            if (answer.startsWith("applied")) {
                held.put(id, asked);
            } else { // not beside those that are held: then in a round after this one
                assertThat(answer).startsWith("rejected");
            }
        }
        assertThat(held).as("%s", pending).isNotEmpty();
        return new Round(injector, guard, held);
    }

    private static List<Asked> rest(List<Asked> pending, Round round) {
        return pending.stream()
                .filter(asked -> !round.held().containsValue(asked))
                .toList();
    }

    private static String by(Asked asked, String line) {
        if (line.contains(" GUARD ")) {
            return "guard";
        }
        boolean kernel = asked.facet() == Facet.NETWORK || asked.facet() == Facet.CONTAINER;
        return kernel ? "kernel, with the owner of the rules" : "with the injector's process";
    }

    private static void awaitNothingLeft(FaultFixture fixture) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(fixture.left()).isEmpty());
    }

    private Path configuration(FaultFixture fixture) throws IOException {
        return Files.writeString(folder.resolve("table.yaml"), LIMITS + fixture.targets());
    }

    private static Row row(Asked asked) {
        return ROWS.computeIfAbsent(
                "%02d %s | %s"
                        .formatted(
                                asked.kind().ordinal(),
                                asked.kind().published(),
                                asked.facet().published()),
                _ -> new Row());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @AfterAll
    static void write() throws IOException {
        if (!WRITING) {
            return;
        }
        var page = new StringBuilder("""
            # Endings

            Every fault in an injector of its own process: how long until its effect had been measured, and after it was
            cleared, its absence; then with the injector killed by `kill -9` while it held: what undid it, and after
            what time nothing was left; then with injector and guard killed, after what time from the injector's next
            start nothing was left (most of it is the start of a JVM). Faults that go together are held together, and
            then share the time. Written by `EveryFaultTest` with `-Dordeal.table=write`, on two cores.

            | kind | facet | applied | reverted | killed: undone after | by | restart: undone after |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
        ROWS.forEach((name, row) -> page.append("| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        name.substring(3),
                        shown(row.applied),
                        shown(row.reverted),
                        row.killed.map(EveryFaultTest::shown).orElse(""),
                        row.by,
                        row.restarted.map(EveryFaultTest::shown).orElse(""))));
        if (!NOT_SHOWN.isEmpty()) {
            page.append("\nNot in this table: ");
            page.append(FaultKind.names(NOT_SHOWN)).append(": they need netem, which this kernel lacks.\n");
        }
        Files.writeString(PAGE, page);
    }

    private static String shown(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }
}
