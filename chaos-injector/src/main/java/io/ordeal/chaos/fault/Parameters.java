package io.ordeal.chaos.fault;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// The parameters of one specification, asked for one by one; what is wrong goes to a list of reasons and the value is
/// then as if absent.
final class Parameters {
    private static final int LONGEST = 64;

    private final FaultKind kind;
    private final Map<String, String> given;
    private final List<String> reasons;

    /// Takes the parameters `given` for `kind` and reports those that it has not, and those that it lacks.
    Parameters(FaultKind kind, Map<String, String> given, List<String> reasons) {
        this.kind = kind;
        this.given = given;
        this.reasons = reasons;
        var names = kind.parameters().stream().map(FaultParameter::name).toList();
        for (var name : new TreeSet<>(given.keySet())) {
            if (!names.contains(name)) {
                var all = names.isEmpty() ? "it has none" : "known are " + String.join(", ", names);
                reasons.add(kind.published() + " has no parameter `" + shown(name) + "`; " + all);
            }
        }
        kind.parameters().stream()
                .filter(parameter -> parameter.mandatory() && !given.containsKey(parameter.name()))
                .forEach(parameter -> reasons.add(parameter.name() + " is missing"));
    }

    /// Returns the time called `name`.
    Optional<Duration> time(String name) {
        return quantity(name, Quantity::duration);
    }

    /// Returns the rate in bytes per second called `name`.
    Optional<Long> rate(String name) {
        return quantity(name, Quantity::bytesPerSecond);
    }

    /// Returns the bytes called `name`.
    Optional<Long> bytes(String name) {
        return quantity(name, Quantity::bytes);
    }

    /// Returns the part called `name`, above 0 and up to 1: `80%` is 0.8.
    Optional<Double> part(String name) {
        return quantity(name, quantity -> quantity.ratio().filter(part -> part > 0 && part <= 1));
    }

    /// Returns the whole number called `name`.
    Optional<Integer> whole(String name) {
        return value(name, text -> text.matches("[0-9]{1,7}") ? Optional.of(Integer.parseInt(text)) : Optional.empty());
    }

    /// Returns the name called `name`.
    Optional<String> name(String name) {
        return value(name, text -> FaultReader.isId(text) ? Optional.of(text) : Optional.empty());
    }

    /// Returns the direction; both where the kind has none, or where a malformed one is reported.
    Direction direction() {
        boolean has = kind.parameters().stream().anyMatch(known -> known.name().equals("direction"));
        return has ? value("direction", Direction::named).orElse(Direction.BOTH) : Direction.BOTH;
    }

    /// Returns the facet that `via` names, where it is given.
    Optional<Facet> via() {
        return has("via") && kind.facets().size() > 1 ? value("via", Facet::named) : Optional.empty();
    }

    /// Whether `name` is given.
    boolean has(String name) {
        return given.containsKey(name);
    }

    private <T> Optional<T> quantity(String name, Function<Quantity, Optional<T>> read) {
        return value(name, text -> Quantity.parse(text).flatMap(read));
    }

    private <T> Optional<T> value(String name, Function<String, Optional<T>> read) {
        var parameter = kind.parameters().stream()
                .filter(known -> known.name().equals(name))
                .findAny()
                .orElseThrow();
        var text = Optional.ofNullable(given.get(name)).or(parameter::usual);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        // A short text bounds the work of the pattern behind it.
        var value = text.filter(t -> t.length() <= LONGEST).flatMap(read);
        if (value.isEmpty()) {
            reasons.add(name + " is " + parameter.form().expected() + ", not `" + shown(text.get()) + "`");
        }
        return value;
    }

    /// Returns `text` fit for a message: short and without control characters.
    static String shown(String text) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "�");
    }
}
