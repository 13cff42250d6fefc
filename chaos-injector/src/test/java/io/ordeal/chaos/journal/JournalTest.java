package io.ordeal.chaos.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.journal.JournalRecord.Applied;
import io.ordeal.chaos.journal.JournalRecord.Decided;
import io.ordeal.chaos.journal.JournalRecord.FaultRef;
import io.ordeal.chaos.journal.JournalRecord.Guarded;
import io.ordeal.chaos.journal.JournalRecord.Opened;
import io.ordeal.chaos.journal.JournalRecord.Struck;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.process.ContinueProcess;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.RestoreLimit;
import io.ordeal.chaos.process.RestoreOomScore;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Property(tries = 2_000)
    void readsWhatItWrites(@ForAll("records") JournalRecord record) {
        var line = JournalLine.write(record);
        assertThat(line).endsWith("\n").doesNotContain("\n\n");
        assertThat(JournalLine.read(line.substring(0, line.length() - 1))).contains(record);
    }

    @Property(tries = 2_000)
    void readsEveryWholeLineOfATornText(@ForAll("recordLists") List<JournalRecord> records, @ForAll int at) {
        var text = String.join("", records.stream().map(JournalLine::write).toList());
        int cut = Math.floorMod(at, text.length() + 1);
        int whole = (int) text.substring(0, cut).chars().filter(c -> c == '\n').count();
        var expected = JournalContents.of(String.join(
                "", records.subList(0, whole).stream().map(JournalLine::write).toList()));
        var torn = JournalContents.of(text.substring(0, cut));
        // A last line that lacks only its end is whole as well.
        if (torn.damaged() > 0 || text.substring(0, cut).endsWith("\n") || cut == 0) {
            assertThat(torn.entries()).isEqualTo(expected.entries());
            assertThat(torn.decided()).isEqualTo(expected.decided());
        }
        assertThat(torn.damaged()).isLessThanOrEqualTo(1);
    }

    @Test
    void keepsWhatIsNotStruckForTheNextLife() throws IOException {
        var left = opened("left", new KillMarked("m"));
        try (var journal = Journal.open(folder, NOW)) {
            journal.open(left);
            journal.applied("left");
            journal.open(opened("done", new Undo.WithInjector()));
            journal.strike("done");
            journal.decided(new Decided("old", "d", "run", "", NOW.minusSeconds(1)));
            journal.decided(new Decided("new", "d", "run", "f", NOW.plusSeconds(1)));
        }
        try (var journal = Journal.open(folder, NOW)) {
            assertThat(journal.found().entries()).containsExactly(new JournalContents.Entry(left, true, false));
        }
        try (var journal = Journal.open(folder, NOW)) {
            assertThat(journal.found().entries()).containsExactly(new JournalContents.Entry(left, true, false));
            assertThat(journal.found().decided()).extracting(Decided::command).containsExactly("new");
        }
    }

    @Test
    void staysShortWhileItIsWrittenTo() throws IOException {
        var left = opened("left", new KillMarked("m"));
        try (var journal = Journal.open(folder, NOW)) {
            journal.open(left);
            journal.applied("left");
            for (int i = 0; i < 70_000; i++) {
                journal.decided(new Decided("c-" + i, "d", "run", "", NOW.plusSeconds(1)));
            }
            journal.open(opened("late", new Undo.WithInjector()));
        }
        assertThat(Files.readAllLines(folder.resolve("undo.journal"))).hasSizeBetween(10_000, 45_000);
        try (var journal = Journal.open(folder, NOW)) {
            assertThat(journal.found().entries())
                    .extracting(entry -> entry.opened().entry() + entry.applied())
                    .containsExactly("lefttrue", "latefalse");
            assertThat(journal.found().decided())
                    .hasSizeGreaterThan(10_000)
                    .last()
                    .extracting(Decided::command)
                    .isEqualTo("c-69999");
        }
    }

    @Test
    void belongsToOneInjectorAtATime() throws IOException {
        try (var _ = Journal.open(folder, NOW)) {
            assertThatThrownBy(() -> Journal.open(folder, NOW))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("belongs to another injector");
        }
    }

    @Test
    void survivesDamageInTheMiddle() throws IOException {
        Files.writeString(
                folder.resolve("undo.journal"),
                "garbage\n" + JournalLine.write(opened("a", new Undo.WithInjector())) + "00000000 struck a\n");
        try (var journal = Journal.open(folder, NOW)) {
            assertThat(journal.found().entries()).hasSize(1);
            assertThat(journal.found().damaged()).isEqualTo(2);
        }
    }

    @Test
    void isReplayedByTheGuardWhenItsPipeEnds() throws Exception {
        var paused = new ProcessBuilder("sleep", "60").start();
        try (var journal = Journal.open(folder, NOW)) {
            var process = ProcessId.of(paused.pid()).orElseThrow();
            var guard = Guard.start(folder);
            journal.open(opened("pause", new ContinueProcess(process)));
            process.signal(Posix.SIGSTOP);
            Awaitility.await().until(() -> process.stat().orElseThrow().stopped());
            guard.close();
            assertThat(process.stat().orElseThrow().stopped()).isFalse();
            assertThat(Journal.read(folder).entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.guarded()).isTrue());
        } finally {
            paused.destroyForcibly();
        }
    }

    @Test
    void isReplayedByTheGuardWhenADeadlineHasPassed() throws Exception {
        var paused = new ProcessBuilder("sleep", "60").start();
        try (var journal = Journal.open(folder, NOW);
                var guard = Guard.start(folder)) {
            assertThat(guard.alive()).isTrue();
            var process = ProcessId.of(paused.pid()).orElseThrow();
            process.signal(Posix.SIGSTOP);
            var passed = Instant.now().minus(GuardMain.MARGIN);
            journal.open(new Opened("pause", Optional.empty(), Optional.of(passed), new ContinueProcess(process)));
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> !process.stat().orElseThrow().stopped());
        } finally {
            paused.destroyForcibly();
        }
    }

    @Test
    void hasANewGuardWhenTheOldOneDies() throws Exception {
        try (var _ = Journal.open(folder, NOW);
                var guard = Guard.start(folder)) {
            long first = guard.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> guard.pid() != first && guard.alive());
        }
    }

    @Provide
    Arbitrary<List<JournalRecord>> recordLists() {
        return records().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<JournalRecord> records() {
        var texts = Arbitraries.oneOf(
                Arbitraries.of("a", "b", "fault/run/x", "", "-", " ", "\n", "%"),
                Arbitraries.strings().excludeChars('\ud800', '\udfff').alpha().ofMaxLength(20));
        var instants = Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        var undos = Arbitraries.<Undo>of(
                new Undo.WithInjector(),
                new ContinueProcess(new ProcessId(42, 77)),
                new KillMarked("ab"),
                RestoreOomScore.read(List.of("42", "77", "-17")),
                RestoreLimit.read(List.of("42", "77", "files", "10", "-1", "4711")),
                RestoreGroupLimit.read(List.of("/sys/fs/a b/pids.max", "64", "max")),
                new Undo.Several(List.of(
                        new KillMarked("a"), new Undo.Several(List.of(new ContinueProcess(new ProcessId(2, 3)))))));
        var faults = Combinators.combine(texts, texts, texts, texts).as(FaultRef::new);
        return Arbitraries.oneOf(
                Combinators.combine(texts, faults.optional(), instants.optional(), undos)
                        .as((entry, fault, deadline, undo) -> (JournalRecord) new Opened(entry, fault, deadline, undo)),
                texts.map(Applied::new),
                texts.map(Guarded::new),
                texts.map(Struck::new),
                Combinators.combine(texts, texts, texts, texts, instants).as(Decided::new));
    }

    private static Opened opened(String entry, Undo undo) {
        return new Opened(
                entry, Optional.of(new FaultRef("run", "f", "pause", "api")), Optional.of(NOW.plusSeconds(60)), undo);
    }
}
