package io.ordeal.aggregator.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters of a request. What is wrong with them is told all at once.
final class Parameters {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Problem.Fault> faults = new ArrayList<>();

    private Parameters() {}

    /// Reads those of `exchange`, of which only `known` may be there.
    static Parameters of(HttpExchange exchange, String... known) {
        var parameters = new Parameters();
        var raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (var pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int at = pair.indexOf('=');
            var name = decoded(at < 0 ? pair : pair.substring(0, at));
            var value = at < 0 ? "" : decoded(pair.substring(at + 1));
            if (!Set.of(known).contains(name)) {
                parameters.wrong(
                        name,
                        value,
                        "is not known",
                        known.length == 0 ? "leave it out" : "known are " + String.join(", ", known));
            } else if (parameters.values.putIfAbsent(name, value) != null) {
                parameters.wrong(name, value, "comes twice", "give it once");
            }
        }
        return parameters;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Instant> instant(String name) {
        return text(name).flatMap(value -> {
            try {
                return Optional.of(Instant.parse(value));
            } catch (DateTimeParseException _) {
                wrong(name, value, "is no instant", "write it as 2026-01-31T13:45:00Z");
                return Optional.empty();
            }
        });
    }

    Optional<Long> number(String name, long least, long most) {
        return text(name).flatMap(value -> number("query parameter " + name, value, least, most));
    }

    boolean flag(String name) {
        return text(name)
                .map(value -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        wrong(name, value, "is neither", "write true or false");
                    }
                    return value.equals("true");
                })
                .orElse(false);
    }

    /// Returns the number that a header holds, when it is there.
    Optional<Long> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                .filter(value -> !value.isEmpty())
                .flatMap(value -> number("header " + name, value, 0, Long.MAX_VALUE));
    }

    /// @throws Problem when anything was wrong
    void validate() throws Problem {
        if (!faults.isEmpty()) {
            throw new Problem(400, "Bad Request", faults);
        }
    }

    private Optional<Long> number(String place, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        faults.add(
                new Problem.Fault(place, value, "does not do", "write a whole number from " + least + " to " + most));
        return Optional.empty();
    }

    private void wrong(String name, String value, String says, String remedy) {
        faults.add(new Problem.Fault("query parameter " + name, value, says, remedy));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text; // it will not be what is looked for
        }
    }
}
