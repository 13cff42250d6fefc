package io.ordeal.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Settings read from environment variables, collecting every problem on the way.
///
/// A variable whose name ends in `_FILE` gives the value of the one without it, from that file: secrets stay out of
/// process listings.
public final class Environment {
    private final Map<String, String> variables;
    private final List<Problem> problems = new ArrayList<>();

    /// Reads from `variables`, usually `System.getenv()`.
    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /// Returns the text of `name`, or empty when it is not set or blank.
    public Optional<String> text(String name) {
        var direct = Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
        return direct.isPresent() ? direct : file(name + "_FILE");
    }

    /// Returns the text of `name`, or `otherwise`.
    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    /// Returns the text of `name`, which must be set.
    public String required(String name, String example) {
        return text(name).orElseGet(() -> {
            problems.add(new Problem(name, "is not set; for instance " + example));
            return "";
        });
    }

    /// Returns the whole number of `name`, from `least` to `most`.
    public int number(String name, int otherwise, int least, int most) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        problems.add(new Problem(name, "`" + text.get() + "` is no number from " + least + " to " + most));
        return otherwise;
    }

    /// Returns `ORDEAL_X_SSL_PROTOCOL=v` as `ssl.protocol=v`, for the prefix `ORDEAL_X_`.
    public Map<String, String> properties(String prefix) {
        var properties = new TreeMap<String, String>();
        for (var name : variables.keySet()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                var plain = name.endsWith("_FILE") ? name.substring(0, name.length() - "_FILE".length()) : name;
                var key = plain.substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                text(plain).ifPresent(value -> properties.put(key, value));
            }
        }
        return properties;
    }

    /// Reports a problem that the caller found in a value.
    public void reject(String name, String message) {
        problems.add(new Problem(name, message));
    }

    /// Ends the reading.
    ///
    /// @throws InvalidSettings when anything that was read is not valid
    public void validate() {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    private Optional<String> file(String name) {
        var path = variables.get(name);
        if (path == null || path.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(path)).strip()).filter(value -> !value.isEmpty());
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(
                    name, "cannot be read: `" + path + "` (" + e.getClass().getSimpleName() + ")"));
            return Optional.empty();
        }
    }
}
