package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteWriter;

/// A piece of live state that is written down by itself, under a key of its own, when it has changed.
public abstract class Part {
    private final String key;
    private boolean changed;

    /// Starts unchanged.
    ///
    /// @param key unique within the store
    protected Part(String key) {
        this.key = key;
    }

    /// Returns the key.
    public final String key() {
        return key;
    }

    /// Writes the content.
    public abstract void write(ByteWriter out);

    /// Notes a change; whether it is the first since [#written].
    public final boolean mark() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    /// Notes that it was written down.
    public final void written() {
        changed = false;
    }
}
