package io.ordeal.chaos.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A service that answers `serving`, for tests.
public final class TinyService {
    /// On an address of its own any port is free.
    static final int PORT = 18_080;

    private TinyService() {}

    /// Serves at the address that the one argument names.
    public static void main(String[] args) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(args[0], PORT), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = "serving".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /// Returns a loopback address that no other process uses.
    static String address() {
        long pid = ProcessHandle.current().pid();
        return "127." + (100 + (pid >> 16) % 100) + "." + (pid >> 8 & 255) + "." + Math.max(1, pid & 255);
    }

    /// Returns the command that starts it.
    static List<String> command(String address) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TinyService.class.getName(),
                address);
    }
}
