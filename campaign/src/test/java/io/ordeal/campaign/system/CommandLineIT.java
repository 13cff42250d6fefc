package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line as a process: exit codes, files, signals, and what is left behind.
class CommandLineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SHORT = """
        name: short
        target: sample-service
        scenarios:
          read: {steps: [{get: /items/7}]}
        phases:
          - {name: steady, rate: 100/s, for: 4s}
        objectives:
          - p95 < 2s
        """;

    @TempDir
    Path folder;

    /// A process of the command line, with what it said.
    private record Run(Process process, Path out, Path err) {
        int exit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }
    }

    @Test
    void passesAndWritesEveryFile() throws Exception {
        var run = run("run", document(SHORT), "--out", results());
        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.said()).contains("PASS");
        assertThat(summary().path("verdict").asText()).isEqualTo("PASS");
        assertThat(summary().path("ledger").path("closed").asBoolean()).isTrue();
        assertThat(files())
                .contains(
                        "summary.json",
                        "report.html",
                        "junit.xml",
                        "verdicts.jsonl",
                        "lifecycle.jsonl",
                        "histograms.hlog",
                        "ordeal_stats.csv",
                        "ordeal_stats_history.csv",
                        "ordeal_failures.csv",
                        "ordeal_exceptions.csv");
        assertThat(Files.readString(Path.of(results(), "report.html")))
                .as("what the injector has sampled meanwhile")
                .contains("Resource use: cpu");
    }

    @Test
    void exits99WhenAnObjectiveCannotHold() throws Exception {
        var run = run("run", document(SHORT), "--out", results(), "--set", "objectives.0=p95 < 1us", "--quiet");
        assertThat(run.exit()).as(run.said()).isEqualTo(99);
        assertThat(summary().path("verdict").asText()).isEqualTo("FAIL");
    }

    @Test
    void exits1BeforeAnyLoadWhenTheTargetDoesNotAnswer() throws Exception {
        var run = run("run", document(SHORT), "--out", results(), "--set", "target=http://127.0.0.1:9");
        assertThat(run.exit()).as(run.said()).isEqualTo(1);
        assertThat(run.said()).contains("http://127.0.0.1:9").contains("No load was made");
    }

    @Test
    void exits104WithEveryProblemOfTheDocument() throws Exception {
        var wrong = SHORT.replace("rate: 100/s", "rat: 100/s").replace("p95 < 2s", "p95 < 2 parsecs");
        var run = run("run", document(wrong));
        assertThat(run.exit()).isEqualTo(104);
        assertThat(run.said())
                .contains("unknown key `rat`")
                .contains("did you mean `rate`")
                .contains(":6:")
                .contains(":8:");
    }

    @Test
    void revertsFaultsAndWritesAPartialReportOnInterruption() throws Exception {
        var long1 = SHORT.replace("for: 4s", "for: 60s")
                + "faults:\n  - {id: slow, latency: 200ms, on: sample-service, at: 1s, for: 50s}\n";
        var run = run("run", document(long1), "--out", results(), "--color", "never");
        await().atMost(PATIENCE).until(() -> run.said().contains("in force"));

        new ProcessBuilder("kill", "-INT", String.valueOf(run.process().pid()))
                .start()
                .waitFor();

        assertThat(run.exit()).as(run.said()).isEqualTo(105);
        assertThat(summary().path("faults").path(0).path("revertedAt").asText()).isNotBlank();
        assertThat(summary().path("verdict").asText()).isNotEqualTo("PASS");
        assertThat(files()).contains("report.html");
    }

    @Test
    void leavesNoChildBehindWhenItIsKilled() throws Exception {
        var run = run("run", document(SHORT.replace("for: 4s", "for: 60s")), "--out", results());
        await().atMost(PATIENCE).until(() -> run.said().contains("phase"));
        var children = run.process().descendants().toList();
        assertThat(children).isNotEmpty();

        run.process().destroyForcibly().waitFor();

        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void listsChecksAndPlansWithoutStartingAnything() throws Exception {
        assertThat(said("list")).contains("quickstart");
        assertThat(said("check", "quickstart")).contains("is valid");
        assertThat(said("plan", "quickstart")).contains("PLAN");
    }

    private String said(String... arguments) throws Exception {
        var run = run(arguments);
        assertThat(run.exit()).as(run.said()).isZero();
        return run.said();
    }

    private Run run(String... arguments) throws IOException {
        var home = Path.of(System.getProperty("ordeal.home"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        for (var property : List.of("ordeal.home", "ordeal.sample-service")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.addAll(List.of("-cp", home.resolve("lib") + "/*", "io.ordeal.campaign.cli.Main"));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Run(process, out, err);
    }

    private String document(String text) throws IOException {
        return Files.writeString(folder.resolve("campaign.yaml"), text).toString();
    }

    private String results() {
        return folder.resolve("results").toString();
    }

    private JsonNode summary() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("results/summary.json").toFile());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder.resolve("results"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
