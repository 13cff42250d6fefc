package io.ordeal.aggregator.window;

/// Where parts of live state are kept: what is reported here is written down before the offsets are committed.
public interface Shelf {
    /// The part's content is new or has changed.
    void changed(Part part);

    /// The part is no more.
    void dropped(Part part);
}
