package io.ordeal.chaos.proxy;

import java.util.ArrayList;
import java.util.List;

/// Every toxic in force on a proxy, in the order in which bytes meet them.
public record Shape(List<Toxic> toxics) {
    /// Lets everything pass.
    public static final Shape NONE = new Shape(List.of());

    public Shape {
        toxics = List.copyOf(toxics);
    }

    /// Returns this with `toxic`: behind the others, or in the place of the one of that name.
    public Shape with(Toxic toxic) {
        var more = new ArrayList<>(toxics);
        more.replaceAll(other -> other.name().equals(toxic.name()) ? toxic : other);
        if (!more.contains(toxic)) {
            more.add(toxic);
        }
        return new Shape(more);
    }

    /// Returns this without the toxic called `name`.
    public Shape without(String name) {
        return new Shape(
                toxics.stream().filter(other -> !other.name().equals(name)).toList());
    }

    /// Whether every new connection is to be refused.
    boolean refusesAll() {
        return toxics.stream().anyMatch(toxic -> toxic.effect() instanceof Effect.Refuse && toxic.toxicity() >= 1);
    }
}
