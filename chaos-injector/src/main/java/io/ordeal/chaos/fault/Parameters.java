package io.ordeal.chaos.fault;

import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// The parameters of one specification, asked for one by one; what is wrong goes to a list of reasons and the value
/// is
/// then as if absent.
final class Parameters {
    private static final int LONGEST = 64;

    private final Map<String, String> given;
    private final List<String> reasons;

    Parameters(Map<String, String> given, List<String> reasons) {
        this.given = given;
        this.reasons = reasons;
    }

    /// Reports every parameter that is not among `known`.
    void only(String kind, String... known) {
        var names = List.of(known);
        for (var name : new TreeSet<>(given.keySet())) {
            if (!names.contains(name)) {
                var all = names.isEmpty() ? "it has none" : "known are " + String.join(", ", names);
                reasons.add(kind + " has no parameter `" + shown(name) + "`; " + all);
            }
        }
    }

    /// Returns the time called `name`.
    Optional<Duration> time(String name) {
        return quantity(name, "a time such as 500ms", Quantity::duration);
    }

    /// Returns the rate in bytes per second called `name`.
    Optional<Long> rate(String name) {
        return quantity(name, "a rate such as 10KB/s", Quantity::bytesPerSecond);
    }

    /// Returns the part called `name` in percent: `80%` or `0.8` is 80.
    Optional<Double> percent(String name) {
        return quantity(name, "a part such as 80%", Quantity::ratio).map(ratio -> ratio * 100);
    }

    /// Returns the whole number called `name`.
    Optional<Integer> whole(String name) {
        return value(
                name,
                "a whole number",
                text -> text.matches("[0-9]{1,6}") ? Optional.of(Integer.parseInt(text)) : Optional.empty());
    }

    /// Returns the direction, or `usual` where none is given.
    Direction direction(Direction usual) {
        return value("direction", "upstream, downstream or both", Direction::named)
                .orElse(usual);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    private <T> Optional<T> quantity(String name, String expected, Function<Quantity, Optional<T>> read) {
        return value(name, expected, text -> Quantity.parse(text).flatMap(read));
    }

    private <T> Optional<T> value(String name, String expected, Function<String, Optional<T>> read) {
        var text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        // A short text bounds the work of the pattern behind it.
        var value = text.length() > LONGEST ? Optional.<T>empty() : read.apply(text);
        if (value.isEmpty()) {
            reasons.add(name + " is " + expected + ", not `" + shown(text) + "`");
        }
        return value;
    }

    /// Returns `text` fit for a message: short and without control characters.
    static String shown(String text) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "�");
    }
}
