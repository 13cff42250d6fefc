package io.ordeal.runtime;

/// A component that runs until it is closed.
public interface Service extends AutoCloseable {
    /// Returns what it is, for instance `generator`.
    String name();

    /// Whether it does its work now.
    boolean ready();

    /// Ends it in order; a second call does nothing.
    @Override
    void close();
}
