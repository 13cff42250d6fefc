package io.ordeal.campaign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ordeal.chaos.toxiproxy.ProxyFile;
import io.ordeal.chaos.toxiproxy.ToxiproxyServer;
import io.ordeal.runtime.InvalidSettings;
import io.ordeal.runtime.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `ordeal serve proxy`.
final class ProxyCommand {
    private static final String TOKEN = "ORDEAL_TOKEN";

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Of the API (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8474", description = "Of the API; 0: a free one (default: 8474).")
    private int port = ToxiproxyServer.USUAL_PORT;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Proxies, as JSON or YAML, with their toxics; see docs/proxy.md.")
    @Nullable
    private Path config;

    @Option(names = "--seed", description = "Of every random choice: the same one chooses alike.")
    @Nullable
    private Long seed;

    @Option(
            names = "--open",
            description = "Anybody who reaches the API may change everything, on an address that is not loopback, too.")
    private boolean open;

    /// Starts the server.
    ///
    /// @throws InvalidSettings when an option, the file or the address cannot be used
    ToxiproxyServer start(Map<String, String> environment) {
        var problems = new ArrayList<Problem>();
        var address = address(problems);
        var token = Optional.ofNullable(environment.get(TOKEN)).filter(text -> !text.isBlank());
        boolean loopback = address.filter(InetAddress::isLoopbackAddress).isPresent();
        if (address.isPresent() && !loopback && !open && token.isEmpty()) {
            problems.add(new Problem(
                    "--host",
                    "is not loopback: set " + TOKEN + ", which clients then send, or give --open if anybody who reaches"
                            + " it may change everything"));
        }
        var file = Optional.ofNullable(config).flatMap(path -> read(path, problems));
        if (!problems.isEmpty()) {
            throw new InvalidSettings(List.copyOf(problems));
        }
        // Public clients cannot send a token: on loopback none is asked for.
        var asked = loopback || open ? Optional.<String>empty() : token;
        long chosen = Optional.ofNullable(seed)
                .or(() -> file.flatMap(ProxyFile::seed))
                .orElseGet(() -> ThreadLocalRandom.current().nextLong());
        try {
            Optional<JsonNode> proxies = file.map(ProxyFile::proxies);
            return ToxiproxyServer.start(new InetSocketAddress(address.orElseThrow(), port), asked, proxies, chosen);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy server cannot start: " + e.getMessage(), e);
        }
    }

    private Optional<InetAddress> address(List<Problem> problems) {
        if (port < 0 || port > 65535) {
            problems.add(new Problem("--port", "is from 0 to 65535, not " + port));
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException _) {
            problems.add(new Problem("--host", "has no address: " + host));
            return Optional.empty();
        }
    }

    private static Optional<ProxyFile> read(Path file, List<Problem> problems) {
        try {
            return Optional.of(ProxyFile.read(file));
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), "cannot be used: " + e.getMessage()));
            return Optional.empty();
        }
    }
}
