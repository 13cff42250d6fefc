package io.ordeal.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/// A campaign with broker, generator, aggregator and service on one machine, each a process of its own.
///
/// Prints the ledger, the goals that concern the generator, and what each part used. Its arguments: the root of the
/// checkout and the name of a campaign in `benchmarks/campaigns`.
public final class WholeRun {
    private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");
    private static final Pattern BROKER = Pattern.compile("ORDEAL_BOOTSTRAP_SERVERS=(\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("ORDEAL_REGISTRY_URL=(\\S+)");

    private static final String TIMINGS = "ordeal.timings";

    private final Path root;
    private final String campaign;
    private final Path out;
    private final List<Part> parts = new ArrayList<>();

    private WholeRun(Path root, String campaign, Path out) {
        this.root = root;
        this.campaign = campaign;
        this.out = out;
    }

    /// Runs it once.
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = Files.createTempDirectory("ordeal-whole-run-");
        var benchmark = new WholeRun(Path.of(args[0]), args[1], out);
        int exit;
        try {
            exit = benchmark.run();
        } finally {
            benchmark.parts.reversed().forEach(Part::close);
            delete(out);
        }
        System.exit(exit);
    }

    private int run() throws IOException, InterruptedException {
        var stack = start("broker", Map.of(), "serve", "stack");
        var broker = stack.await(BROKER);
        var cluster = Map.of(
                "ORDEAL_BOOTSTRAP_SERVERS",
                broker,
                "ORDEAL_REGISTRY_URL",
                stack.await(REGISTRY),
                "ORDEAL_HTTP_PORT",
                "0",
                "ORDEAL_STATE_DIR",
                out.resolve("state").toString());
        var service = start("service", Map.of(), "serve", "sample-service", "--", "--port", "0")
                .await(READY);
        var generator = start("generator", cluster, "serve", "generator");
        start("aggregator", cluster, "serve", "aggregator");
        for (var part : parts) {
            part.mark();
        }
        long begun = System.nanoTime();
        var document = root.resolve("benchmarks/campaigns/" + campaign + ".yaml");
        var runner = start(
                "runner",
                cluster,
                "run",
                document.toString(),
                "--set",
                "target=" + service,
                "--out",
                out.resolve("run").toString());
        int exit = runner.finish();
        if (!Files.exists(out.resolve("run/summary.json"))) {
            throw new IOException("the run has no summary:\n" + Files.readString(out.resolve("runner.log")));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        var summary =
                new ObjectMapper().readTree(out.resolve("run/summary.json").toFile());
        goals(summary, generator.cpuSince(), bytesInTimings(broker));
        parts(seconds);
        return exit;
    }

    private static void goals(JsonNode summary, double generatorCpu, double bytes) {
        var ledger = summary.get("ledger");
        double completed = ledger.get("completed").asDouble();
        System.out.println();
        System.out.println("ledger       " + ledger);
        System.out.println("start delay  " + summary.get("generator").get("startDelayMicros") + " us");
        System.out.printf(
                "CPU seconds of the generator per million requests: %.1f%n%n", generatorCpu / completed * 1e6);
        double startDelay = summary.at("/generator/startDelayMicros/p99").asDouble() / 1000;
        Goal.atMost("scheduled, but dropped or lost", 0, missing(ledger));
        Goal.atMost("start delay p99, ms", 2, startDelay);
        Goal.atMost("bytes of an event on the broker", 16, bytes / completed);
        System.out.println();
    }

    private static double missing(JsonNode ledger) {
        return ledger.get("scheduled").asDouble() - ledger.get("aggregated").asDouble();
    }

    /// What the timings of this run and nothing else take on the broker, ticks included.
    private static double bytesInTimings(String broker) throws InterruptedException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker))) {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(TIMINGS))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell the size of its topics", e);
        }
    }

    private void parts(double seconds) throws IOException {
        System.out.printf("%-12s %14s %12s%n", "part", "CPU, cores", "peak MiB");
        for (var part : parts) {
            if (!part.name().equals("runner")) {
                System.out.printf("%-12s %14.2f %12d%n", part.name(), part.cpuSince() / seconds, part.peakMebibytes());
            }
        }
    }

    private Part start(String name, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(root.resolve("ordeal").toString());
        command.addAll(List.of(arguments));
        var part = Part.start(name, out.resolve(name + ".log"), environment, command);
        parts.add(part);
        return part;
    }

    /// Deletes `folder` and all that is in it.
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
