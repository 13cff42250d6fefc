package io.ordeal.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a proxy without a fault costs: a direct connection, ours and nginx's, in turn, in front of the same server.
/// Requests per second over 50 connections by wrk, and the round trip of requests one after another on one
/// connection.
///
/// Its arguments: the root of the checkout and the number of rounds.
public final class ProxyRate {
    private static final Pattern READY = Pattern.compile("ready on http://(\\S+)");
    private static final Pattern LISTENS = Pattern.compile("server (\\S+) -> ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+(\\S+)");
    private static final int NGINX_PORT = 18_666;
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 50_000;

    private final Path root;
    private final Path out;
    private final int rounds;

    private ProxyRate(Path root, Path out, int rounds) {
        this.root = root;
        this.out = out;
        this.rounds = rounds;
    }

    /// One measurement of one way.
    private record Figure(double perSecond, double p50Micros, double p99Micros) {}

    /// Runs all rounds and prints the table.
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = Files.createTempDirectory("ordeal-proxy-rate-");
        try {
            new ProxyRate(Path.of(args[0]), out, Integer.parseInt(args[1])).run();
        } finally {
            WholeRun.delete(out);
        }
    }

    private void run() throws IOException, InterruptedException {
        try (var server = Part.start("server", out.resolve("server.log"), Map.of(), java(SmallServer.class))) {
            var service = server.await(READY).replaceFirst("/.*", "");
            try (var ours = Part.start("ordeal", out.resolve("ordeal.log"), Map.of(), ordeal(service));
                    var nginx = Part.quiet("nginx", out.resolve("nginx.log"), Map.of(), nginx(service))) {
                var ways = new LinkedHashMap<String, String>();
                ways.put("direct", service);
                ways.put("ordeal", ours.await(LISTENS));
                ways.put(nginx.name(), "127.0.0.1:" + NGINX_PORT);
                measure(ways);
            }
        }
    }

    private void measure(Map<String, String> ways) throws IOException, InterruptedException {
        var figures = new LinkedHashMap<String, List<Figure>>();
        for (int round = 0; round < rounds; round++) {
            for (var way : ways.entrySet()) {
                var trips = roundTrips(way.getValue());
                var figure = new Figure(
                        rate(way.getValue()), trips[MEASURED / 2] / 1e3, trips[(int) (MEASURED * 0.99)] / 1e3);
                figures.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(figure);
            }
        }
        System.out.printf(
                "%-10s %14s %10s %10s   medians of %d rounds%n", "", "requests/s", "p50 us", "p99 us", rounds);
        figures.forEach((way, all) -> System.out.printf(
                "%-10s %14.0f %10.1f %10.1f%n",
                way,
                median(all.stream().mapToDouble(Figure::perSecond).toArray()),
                median(all.stream().mapToDouble(Figure::p50Micros).toArray()),
                median(all.stream().mapToDouble(Figure::p99Micros).toArray())));
    }

    /// Returns the round trips in order of their length, nanoseconds.
    private static long[] roundTrips(String address) throws IOException {
        var uri = URI.create("http://" + address);
        var request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var buffer = new byte[4096];
        var trips = new long[MEASURED];
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long start = System.nanoTime();
                socket.getOutputStream().write(request);
                if (socket.getInputStream().read(buffer) < 0) {
                    throw new IOException(address + " has closed the connection");
                }
                if (i >= 0) {
                    trips[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(trips);
        return trips;
    }

    private static double rate(String address) throws IOException, InterruptedException {
        var wrk = new ProcessBuilder("wrk", "-t1", "-c50", "-d10s", "http://" + address + "/")
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        var rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IOException("wrk says no rate: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    private List<String> ordeal(String service) throws IOException {
        var file = out.resolve("proxies.json");
        Files.writeString(file, "[{\"name\":\"server\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"" + service + "\"}]");
        return List.of(root.resolve("ordeal").toString(), "serve", "proxy", "--port", "0", "--config", file.toString());
    }

    private List<String> nginx(String service) throws IOException {
        var file = out.resolve("nginx.conf");
        var module = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
        Files.writeString(file, """
            %s
            daemon off; worker_processes 1; pid %s; error_log stderr;
            events { worker_connections 1024; }
            stream { server { listen 127.0.0.1:%d; proxy_pass %s; tcp_nodelay on; } }
            """.formatted(
                        Files.exists(module) ? "load_module " + module + ";" : "",
                        out.resolve("nginx.pid"),
                        NGINX_PORT,
                        service));
        return List.of("nginx", "-c", file.toString());
    }

    private static List<String> java(Class<?> main) {
        var home = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                home.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
