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
import java.util.regex.Pattern;

/// 10,000 requests per second with broker, generator, aggregator and service on one machine, each a process of its
/// own.
///
/// Prints the ledger, the start delay, and what each part used. Its arguments: the root of the checkout.
public final class TenThousand {
    private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");
    private static final Pattern BROKER = Pattern.compile("ORDEAL_BOOTSTRAP_SERVERS=(\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("ORDEAL_REGISTRY_URL=(\\S+)");

    private final Path root;
    private final Path out;
    private final List<Part> parts = new ArrayList<>();

    private TenThousand(Path root, Path out) {
        this.root = root;
        this.out = out;
    }

    /// Runs it once.
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = Files.createTempDirectory("ordeal-ten-thousand-");
        var benchmark = new TenThousand(Path.of(args[0]), out);
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
        var cluster = Map.of(
                "ORDEAL_BOOTSTRAP_SERVERS", stack.await(BROKER),
                "ORDEAL_REGISTRY_URL", stack.await(REGISTRY),
                "ORDEAL_HTTP_PORT", "0",
                "ORDEAL_STATE_DIR", out.resolve("state").toString());
        var service = start("service", Map.of(), "serve", "sample-service", "--", "--port", "0")
                .await(READY);
        start("generator", cluster, "serve", "generator");
        start("aggregator", cluster, "serve", "aggregator");
        for (var part : parts) {
            part.mark();
        }
        long begun = System.nanoTime();
        var campaign = root.resolve("benchmarks/campaigns/ten-thousand.yaml").toString();
        var runner = start(
                "runner",
                cluster,
                "run",
                campaign,
                "--set",
                "target=" + service,
                "--out",
                out.resolve("run").toString());
        int exit = runner.finish();
        double seconds = (System.nanoTime() - begun) / 1e9;
        report(new ObjectMapper().readTree(out.resolve("run/summary.json").toFile()), seconds);
        return exit;
    }

    private void report(JsonNode summary, double seconds) throws IOException {
        System.out.println();
        System.out.println("ledger       " + summary.get("ledger"));
        System.out.println("start delay  " + summary.get("generator").get("startDelayMicros") + " us");
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
