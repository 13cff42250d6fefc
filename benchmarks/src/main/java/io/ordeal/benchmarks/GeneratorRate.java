package io.ordeal.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How many requests per second one core makes: Ordeal's engine with and without events, and other generators, in
/// turn, 100 connections each, against the same server. The server and the broker have the first core, the generator
/// the second.
///
/// Every figure is the server's own count over ten seconds, after ten seconds in which the generator gets warm.
/// Its arguments: the root of the checkout and the number of rounds.
public final class GeneratorRate {
    private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");
    private static final Pattern BROKER = Pattern.compile("ORDEAL_BOOTSTRAP_SERVERS=(\\S+)");
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final String USERS = "100";
    private static final String LONG = "120";
    private static final String YARDSTICK = "wrk -t1";
    private static final String WITH_EVENTS = "ordeal, events to the broker";
    private static final String WITHOUT_EVENTS = "ordeal, events off";

    private final Path root;
    private final Path out;
    private final int rounds;
    private final HttpClient client = HttpClient.newHttpClient();

    private GeneratorRate(Path root, Path out, int rounds) {
        this.root = root;
        this.out = out;
        this.rounds = rounds;
    }

    /// One measurement of a contender.
    private record Figure(double perSecond, double cpuSecondsPerMillion) {}

    /// Runs all rounds and prints the table.
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = Files.createTempDirectory("ordeal-generator-rate-");
        try {
            new GeneratorRate(Path.of(args[0]), out, Integer.parseInt(args[1])).run();
        } finally {
            WholeRun.delete(out);
        }
    }

    private void run() throws IOException, InterruptedException {
        var figures = new LinkedHashMap<String, List<Figure>>();
        try (var stack = Part.start(
                        "broker",
                        out.resolve("broker.log"),
                        Map.of(),
                        onFirstCore(List.of(root.resolve("ordeal").toString(), "serve", "stack")));
                var server = Part.start(
                        "server", out.resolve("server.log"), Map.of(), onFirstCore(java(SmallServer.class)))) {
            var broker = stack.await(BROKER);
            var address = server.await(READY);
            for (int round = 0; round < rounds; round++) {
                for (var contender : contenders(address, broker)) {
                    if (contender.installed()) {
                        var figure = measure(contender, address);
                        System.out.printf("%-30s %10.0f requests/s%n", contender.name(), figure.perSecond());
                        figures.computeIfAbsent(contender.name(), _ -> new ArrayList<>())
                                .add(figure);
                    } else {
                        System.out.println(contender.name() + ": not installed, left out");
                    }
                }
            }
        }
        report(figures);
    }

    private List<Contender> contenders(String address, String broker) {
        var gatling = root.resolve("benchmarks/rivals/gatling/target");
        var gatlingPath = gatling + "/*:" + gatling + "/lib/*";
        return List.of(
                new Contender(YARDSTICK, "wrk", List.of("wrk", "-t1", "-c" + USERS, "-d" + LONG + "s", address)),
                new Contender(WITHOUT_EVENTS, "taskset", java(ClosedDriver.class, address, USERS, "off")),
                new Contender(WITH_EVENTS, "taskset", java(ClosedDriver.class, address, USERS, broker)),
                new Contender("hey", "hey", List.of("hey", "-z", LONG + "s", "-c", USERS, "-cpus", "1", address + "/")),
                new Contender(
                        "gatling",
                        "taskset",
                        List.of(
                                javaProgram(),
                                "-Dtarget=" + address,
                                "-Dusers=" + USERS,
                                "-Dseconds=" + LONG,
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-cp",
                                gatlingPath,
                                "io.gatling.app.Gatling",
                                "--simulation",
                                "rivals.Visitors",
                                "--results-folder",
                                out.resolve("gatling").toString(),
                                "--no-reports")),
                new Contender(
                        "locust, FastHttpUser",
                        "locust",
                        List.of(
                                "locust",
                                "--headless",
                                "--locustfile",
                                root.resolve("benchmarks/rivals/locustfile.py").toString(),
                                "--users",
                                USERS,
                                "--spawn-rate",
                                USERS,
                                "--host",
                                address)));
    }

    private Figure measure(Contender contender, String address) throws IOException, InterruptedException {
        try (var part = contender.start(out.resolve("contender.log"))) {
            Thread.sleep(WARM_UP);
            long before = count(address);
            long begun = System.nanoTime();
            part.mark();
            Thread.sleep(MEASURED);
            double cpu = part.cpuSince();
            double answered = count(address) - before;
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (answered < 100) {
                throw new IOException(
                        contender.name() + " sends nothing:\n" + Files.readString(out.resolve("contender.log")));
            }
            return new Figure(answered / seconds, cpu / answered * 1e6);
        }
    }

    private long count(String address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/count")).build();
        return Long.parseLong(client.send(request, BodyHandlers.ofString()).body());
    }

    private static void report(Map<String, List<Figure>> figures) {
        System.out.printf("%n%-30s %12s %25s %8s %14s%n", "", "requests/s", "least - most", "of wrk", "CPU s/million");
        double yardstick = rate(figures.getOrDefault(YARDSTICK, List.of()));
        figures.forEach((name, all) -> {
            var rates = all.stream().mapToDouble(Figure::perSecond).summaryStatistics();
            System.out.printf(
                    "%-30s %12.0f %12.0f - %10.0f %8.2f %14.1f%n",
                    name, rate(all), rates.getMin(), rates.getMax(), rate(all) / yardstick, cpu(all));
        });
        double with = rate(figures.getOrDefault(WITH_EVENTS, List.of()));
        System.out.println();
        Goal.atLeast("requests/s with events, of wrk's", 0.7, with / yardstick);
        Goal.atLeast(
                "requests/s with events, of its own without",
                0.8,
                with / rate(figures.getOrDefault(WITHOUT_EVENTS, List.of())));
    }

    private static double rate(List<Figure> figures) {
        return median(figures.stream().map(Figure::perSecond).toList());
    }

    private static double cpu(List<Figure> figures) {
        return median(figures.stream().map(Figure::cpuSecondsPerMillion).toList());
    }

    private static double median(List<Double> numbers) {
        if (numbers.isEmpty()) {
            return Double.NaN;
        }
        var sorted = numbers.stream().sorted(Comparator.naturalOrder()).toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static List<String> java(Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(
                javaProgram(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> onFirstCore(List<String> command) {
        var pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        return pinned;
    }
}
