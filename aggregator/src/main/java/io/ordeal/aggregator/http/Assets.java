package io.ordeal.aggregator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files that pages consist of, and the description of the interface.
final class Assets {
    private static final String FOLDER = "/io/ordeal/aggregator/page/";
    private static final Map<String, String> TYPES = Map.of(
            "uPlot.iife.min.js", "text/javascript; charset=utf-8",
            "live.js", "text/javascript; charset=utf-8",
            "uPlot.min.css", "text/css; charset=utf-8",
            "palette.css", "text/css; charset=utf-8",
            "live.css", "text/css; charset=utf-8",
            "openapi.json", Answer.JSON);

    private final Map<String, Answer> read = new ConcurrentHashMap<>();

    /// Returns the file `name`, when there is one.
    Optional<Answer> find(String name) {
        return Optional.ofNullable(TYPES.get(name))
                .map(type -> read.computeIfAbsent(name, _ -> new Answer(200, type, bytes(name))));
    }

    private static byte[] bytes(String name) {
        try (var in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
