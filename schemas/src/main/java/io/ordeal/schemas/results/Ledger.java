package io.ordeal.schemas.results;

/// scheduled = sent + dropped; sent = completed + in flight; completed = published = aggregated.
///
/// @param closed Whether every equation holds.
public record Ledger(
        long scheduled,
        long dropped,
        long sent,
        long completed,
        long published,
        long aggregated,
        long lost,
        long duplicates,
        boolean closed) {}
