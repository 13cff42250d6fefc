package io.ordeal.schemas.objective;

/// An objective that cannot be read; the message is for its author.
public final class MalformedObjective extends IllegalArgumentException {
    MalformedObjective(String message) {
        super(message);
    }
}
