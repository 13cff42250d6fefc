package io.ordeal.aggregator.resources;

import java.util.Comparator;

/// One reading of one source.
///
/// @param process the target; empty: the whole host
/// @param reading its name, `cpu` for one
public record Gauge(String host, String process, String reading) implements Comparable<Gauge> {
    private static final Comparator<Gauge> ORDER =
            Comparator.comparing(Gauge::source).thenComparing(Gauge::reading);

    /// Returns `host/process`.
    public String source() {
        return host + "/" + process;
    }

    /// Whether objectives mean its source by `target`.
    public boolean of(String target) {
        return target.equals(process.isEmpty() ? host : process);
    }

    @Override
    public int compareTo(Gauge other) {
        return ORDER.compare(this, other);
    }
}
