package io.ordeal.campaign.screen;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.Golden;
import io.ordeal.campaign.progress.ProgressTally;
import io.ordeal.campaign.report.Results;
import io.ordeal.schemas.objective.Unit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreensTest {
    private static final Terminal PLAIN = new Terminal(true, false, true, 80);

    /// Returns how the failed run stood so many seconds after its start.
    private static RunProgress progress(int seconds, String document) {
        var result = Results.failed(document);
        var now = Results.START.plusSeconds(seconds);
        var tally = new ProgressTally(result.run(), result.plan(), List.of("live page http://127.0.0.1:7070"));
        result.events().stream().filter(event -> !event.at().isAfter(now)).forEach(tally::add);
        result.windows().stream()
                .filter(window -> !window.start().plus(window.length()).isAfter(now))
                .forEach(tally::add);
        result.verdicts().stream().filter(event -> !event.at().isAfter(now)).forEach(tally::add);
        var stage = seconds < 0
                ? RunProgress.Stage.PREPARING
                : seconds < 40 ? RunProgress.Stage.RUNNING : RunProgress.Stage.JUDGING;
        return tally.at(now, Results.START, stage);
    }

    private static void fits(List<String> lines, int width) {
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                        .as(line)
                        .isLessThanOrEqualTo(width));
    }

    @Test
    void showsHowARunStands() {
        var lines = ProgressView.lines(progress(23, SMALL), PLAIN);

        fits(lines, 80);
        Golden.check("progress.txt", lines);
    }

    @Test
    void showsObjectivesThatAreOutFirst() {
        var lines = ProgressView.lines(progress(34, SMALL), PLAIN);

        assertThat(lines.stream().filter(line -> line.startsWith("✗ out")).toList())
                .hasSize(1)
                .allMatch(line -> line.contains("500 ms") && line.contains("700 ms") && line.endsWith("2 of 24 out"));
    }

    @Test
    void needsNoMoreThanAsciiAndSixtyColumns() {
        var narrow = ProgressView.lines(progress(34, SMALL), new Terminal(true, false, false, 50));
        var ascii = ProgressView.lines(progress(34, SMALL), new Terminal(true, false, false, 80));

        fits(narrow, 50);
        assertThat(narrow).hasSizeLessThan(5);
        assertThat(ascii).allMatch(line -> line.chars().allMatch(c -> c < 128));
    }

    @Test
    void keepsItsWidthAndItsPeaceWithAwkwardNames() {
        var document = SMALL.replace("name: comes back", "name: \"" + "x".repeat(90) + "\\e[2J\"")
                .replace("steady", "steady-" + "y".repeat(50))
                .replace("F1", "F1" + "z".repeat(60));

        for (int second : new int[] {-2, 0, 12, 23, 31, 39, 41}) {
            var lines = ProgressView.lines(progress(second, document), PLAIN);
            fits(lines, 80);
            assertThat(lines).noneMatch(line -> line.contains("\u001b"));
        }
    }

    @Test
    void coloursWithoutChangingTheText() {
        var coloured = ProgressView.lines(progress(34, SMALL), new Terminal(true, true, true, 80));

        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(ProgressView.lines(progress(34, SMALL), PLAIN));
    }

    @Test
    void logsALineForEachChange() {
        var log = new PlainLog();
        var lines = new ArrayList<String>();
        for (int second = -1; second <= 41; second++) {
            lines.addAll(log.next(progress(second, SMALL), Results.START.plusSeconds(second)));
        }

        assertThat(lines).allMatch(line -> line.chars().allMatch(c -> c >= 32 && c < 127));
        Golden.check("plain-log.txt", lines);
    }

    @Test
    void endsWithTheVerdictFirst() {
        var lines = Summary.lines(
                Results.failed(SMALL).verdict(),
                List.of(
                        new Summary.Closing("report", "out/k7xm-2q9d/report.html"),
                        new Summary.Closing("again", "ordeal run small.yaml"),
                        new Summary.Closing("exit", "99, an objective failed")),
                PLAIN);

        fits(lines, 80);
        assertThat(lines.getFirst()).startsWith("✗ FAIL");
        Golden.check("summary.txt", lines);
    }

    @Test
    void saysOnceWhyARunThatWasInterruptedIsInconclusive() {
        var lines = Summary.lines(Results.interrupted(SMALL).verdict(), List.of(), PLAIN);

        fits(lines, 80);
        assertThat(lines)
                .contains("  Three objectives are inconclusive: the run was interrupted at 0:12.")
                .first()
                .asString()
                .startsWith("? INCONCLUSIVE");
    }

    @Test
    void drawsOnlyWhatChangedAndLeavesTheTerminalAsItWas() {
        var out = new ByteArrayOutputStream();
        var screen = new Screen(out, StandardCharsets.UTF_8);
        screen.draw(List.of("one", "two", "three"));
        out.reset();
        screen.draw(List.of("one", "2", "three"));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?2026h\u001b[?25l\u001b[3A\r\n\r2\u001b[K\r\n\r\n\u001b[?2026l");

        out.reset();
        screen.say(List.of("hello"));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?2026h\u001b[3A\r\u001b[Jhello\r\none\r\n2\r\nthree\r\n\u001b[?2026l");

        out.reset();
        screen.close();
        screen.close();
        screen.draw(List.of("late"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[3A\r\u001b[J\u001b[?25h");
    }

    @Test
    void decidesFromTheEnvironmentWhatToShow() {
        var auto = Terminal.Colour.AUTO;
        var utf8 = StandardCharsets.UTF_8;

        assertThat(Terminal.decide(Map.of(), true, utf8, auto)).isEqualTo(new Terminal(true, true, true, 80));
        assertThat(Terminal.decide(Map.of(), false, utf8, auto)).isEqualTo(new Terminal(false, false, true, 80));
        assertThat(Terminal.decide(Map.of("NO_COLOR", "1"), true, utf8, auto).colour())
                .isFalse();
        assertThat(Terminal.decide(Map.of("NO_COLOR", ""), true, utf8, auto).colour())
                .isTrue();
        assertThat(Terminal.decide(Map.of("NO_COLOR", "1"), true, utf8, Terminal.Colour.ALWAYS)
                        .colour())
                .isTrue();
        assertThat(Terminal.decide(Map.of("FORCE_COLOR", "1"), false, utf8, auto)
                        .colour())
                .isTrue();
        assertThat(Terminal.decide(Map.of("CI", "true"), true, utf8, auto).live())
                .isFalse();
        assertThat(Terminal.decide(Map.of("TERM", "dumb"), true, utf8, auto))
                .isEqualTo(new Terminal(false, false, true, 80));
        assertThat(Terminal.decide(Map.of("ACCESSIBLE", "1"), true, utf8, auto))
                .isEqualTo(new Terminal(false, true, false, 80));
        assertThat(Terminal.decide(Map.of("COLUMNS", "200"), true, StandardCharsets.US_ASCII, auto))
                .isEqualTo(new Terminal(true, true, false, 80));
        assertThat(Terminal.decide(Map.of("COLUMNS", "60"), true, utf8, auto).width())
                .isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "0.3004, 0.3, SECONDS, 300.4 ms",
        "0.29999, 0.3, SECONDS, 299.99 ms",
        "0.3, 0.3, SECONDS, 300 ms",
        "0.0971, 0.15, SECONDS, 97.1 ms",
        "1.2345, 2, SECONDS, 1.23 s",
        "0.00999999, 0.01, RATIO, 0.999999 %",
        "0, 0.01, RATIO, 0 %",
        "499.96, 500, PER_SECOND, 499.96/s",
        "12345.6, 500, PER_SECOND, '12,346/s'"
    })
    void neverRoundsAnObservedValueOntoItsLimit(double observed, double limit, Unit unit, String text) {
        assertThat(Figures.observed(observed, limit, unit)).isEqualTo(text);
    }

    @Test
    void writesTimesAsPeopleReadThem() {
        assertThat(Figures.clock(Duration.ofSeconds(45))).isEqualTo("0:45");
        assertThat(Figures.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
        assertThat(Figures.span(Duration.ofMillis(500))).isEqualTo("500 ms");
        assertThat(Figures.span(Duration.ofMinutes(90))).isEqualTo("90 min");
        assertThat(Figures.span(Duration.ofHours(12))).isEqualTo("12 h");
        assertThat(Figures.micros(850L)).isEqualTo("850 us");
        assertThat(Figures.bytes(1_234_567)).isEqualTo("1.23 MB");
        assertThat(Figures.ratio(0.0123)).isEqualTo("1.23 %");
    }
}
