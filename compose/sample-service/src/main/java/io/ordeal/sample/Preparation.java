package io.ordeal.sample;

import io.ordeal.sample.behaviour.Behaviour;
import io.ordeal.sample.behaviour.MergePatch;
import io.ordeal.sample.counts.RequestCounts;
import io.ordeal.sample.http.ServiceOptions;
import io.ordeal.sample.store.DocumentFiles;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns options into a service that only needs to listen: reads and opens every file, and collects all problems.
final class Preparation {

    private static final int LONGEST_MS = 3_600_000;
    private static final int MOST_BODY_BYTES = 256 << 20;

    /// What came of it.
    sealed interface Prepared {}

    /// All is there.
    record Ready(ServiceOptions options, Behaviour behaviour) implements Prepared {}

    /// The service cannot start for these reasons.
    record Impossible(List<String> problems) implements Prepared {}

    private final CommandLine line;
    private final Map<String, String> environment;
    private final List<String> problems;

    private Preparation(CommandLine line, Map<String, String> environment) {
        this.line = line;
        this.environment = environment;
        this.problems = line.problems();
    }

    static Prepared prepare(CommandLine line, Map<String, String> environment) {
        return new Preparation(line, environment).prepare();
    }

    private Prepared prepare() {
        Map<String, Object> defaults = defaults();
        Optional<Behaviour> behaviour = behaviour(defaults);
        ServiceOptions options = new ServiceOptions(
                line.text("host").orElse("127.0.0.1"),
                line.whole("port", 0, 65_535, 8080),
                line.whole("model-port", 0, 65_535, 0),
                line.text("model-at").flatMap(this::address),
                line.whole("accept-backlog", 1, 1 << 20, 8192),
                line.whole("max-body-bytes", 1, MOST_BODY_BYTES, 10 << 20),
                Duration.ofMillis(line.whole("drain-ms", 0, LONGEST_MS, 0)),
                Duration.ofMillis(line.whole("grace-ms", 0, LONGEST_MS, 5000)),
                line.text("data-dir").flatMap(this::files),
                counts(),
                adminToken(),
                defaults);
        line.is("exit-with-parent");
        return behaviour.isPresent() && problems.isEmpty()
                ? new Ready(options, behaviour.get())
                : new Impossible(List.copyOf(problems));
    }

    /// The whole default behaviour.
    static Map<String, Object> defaults() {
        try (InputStream in = Behaviour.class.getResourceAsStream("behaviour.json")) {
            if (in == null) {
                throw new IllegalStateException("behaviour.json is not on the class path");
            }
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getMap();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Optional<Behaviour> behaviour(Map<String, Object> defaults) {
        Map<String, Object> document = line.text("behaviour")
                .flatMap(this::json)
                .map(it -> MergePatch.merge(defaults, it))
                .orElse(defaults);
        for (String setting : line.all("set")) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                problems.add("--set: '" + setting + "' is not PATH=VALUE");
            } else {
                Object value = value(setting.substring(equals + 1));
                document = MergePatch.merge(document, MergePatch.of(setting.substring(0, equals), value));
            }
        }
        return switch (Behaviour.read(document)) {
            case Behaviour.Valid(Behaviour valid) -> Optional.of(valid);
            case Behaviour.Invalid(var wrong) -> {
                wrong.forEach(problem -> problems.add("behaviour: " + problem));
                yield Optional.empty();
            }
        };
    }

    /// JSON where it is JSON, or else a text, so that nobody has to quote a quote.
    private static Object value(String text) {
        try {
            Object value = Json.decodeValue(text);
            return value instanceof JsonObject object ? object.getMap() : value == null ? text : value;
        } catch (DecodeException _) {
            return text;
        }
    }

    private Optional<Map<String, Object>> json(String file) {
        try {
            return read("--behaviour", file).map(text -> new JsonObject(text).getMap());
        } catch (DecodeException failure) {
            problems.add("--behaviour: " + file + " is not JSON: " + firstLine(failure));
            return Optional.empty();
        }
    }

    private Optional<String> read(String flag, String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException failure) {
            problems.add(flag + ": " + file + " cannot be read: " + reason(failure));
            return Optional.empty();
        }
    }

    private Optional<ServiceOptions.Address> address(String text) {
        try {
            URI uri = URI.create("tcp://" + text);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return Optional.of(new ServiceOptions.Address(uri.getHost(), uri.getPort()));
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the same problem as an address without a port.
        }
        problems.add("--model-at: '" + text + "' is not HOST:PORT");
        return Optional.empty();
    }

    private Optional<DocumentFiles> files(String directory) {
        try {
            return Optional.of(new DocumentFiles(Path.of(directory)));
        } catch (IOException failure) {
            problems.add("--data-dir: " + directory + " cannot be used: " + reason(failure));
            return Optional.empty();
        }
    }

    private RequestCounts counts() {
        Optional<String> file = line.text("counts-file");
        if (file.isPresent()) {
            try {
                return RequestCounts.inFile(Path.of(file.get()));
            } catch (IOException failure) {
                problems.add("--counts-file: " + file.get() + " cannot be used: " + reason(failure));
            }
        }
        return RequestCounts.inMemory();
    }

    private Optional<String> adminToken() {
        Optional<String> direct = Optional.ofNullable(environment.get("ADMIN_TOKEN"));
        Optional<String> file =
                line.text("admin-token-file").or(() -> Optional.ofNullable(environment.get("ADMIN_TOKEN_FILE")));
        Optional<String> token = direct.or(() -> file.flatMap(it -> read("--admin-token-file", it)))
                .map(String::strip);
        if (token.isPresent() && token.get().isEmpty()) {
            problems.add("admin token: it is empty; give one, or none at all");
        }
        return token;
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
