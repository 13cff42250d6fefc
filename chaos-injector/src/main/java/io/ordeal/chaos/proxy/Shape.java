package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;
import java.util.ArrayList;
import java.util.List;

/// Every toxic in force on a proxy.
public record Shape(List<Toxic> toxics) {
    /// Lets everything pass.
    public static final Shape NONE = new Shape(List.of());

    public Shape {
        toxics = List.copyOf(toxics);
    }

    /// Returns this with `toxic`.
    public Shape with(Toxic toxic) {
        var more = new ArrayList<>(toxics);
        more.add(toxic);
        return new Shape(more);
    }

    /// Returns this without `toxic`.
    public Shape without(Toxic toxic) {
        return new Shape(toxics.stream().filter(other -> !other.equals(toxic)).toList());
    }

    /// Whether the connection is to be reset.
    ///
    /// @param everyone whether toxics are on it whatever their fraction
    boolean resets(long connection, boolean everyone) {
        for (var toxic : toxics) {
            if (toxic.fault() instanceof TrafficFault.Reset && (everyone || toxic.hits(connection))) {
                return true;
            }
        }
        return false;
    }
}
