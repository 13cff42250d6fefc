package io.ordeal.aggregator.audit;

import io.ordeal.schemas.results.Ledger;

/// The account of requests, by the generators' last ticks and by what was counted here.
///
/// @param late events that are in no window, as their segment had passed it
/// @param arrived arrivals that were taken in hand, and those that fell between two owners
record Account(
        long scheduled,
        long dropped,
        long sent,
        long completed,
        long published,
        long aggregated,
        long lost,
        long duplicates,
        long late,
        long arrived) {
    static final Account NONE = new Account(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Account plus(Account other) {
        return new Account(
                scheduled + other.scheduled,
                dropped + other.dropped,
                sent + other.sent,
                completed + other.completed,
                published + other.published,
                aggregated + other.aggregated,
                lost + other.lost,
                duplicates + other.duplicates,
                late + other.late,
                arrived + other.arrived);
    }

    boolean closed() {
        return scheduled == sent + dropped
                && sent == completed
                && completed == published
                && published == aggregated
                && lost == 0;
    }

    /// Returns how many requests it is not known of how they ended.
    long unknown() {
        return Math.max(Math.max(scheduled - dropped, sent) - aggregated, 0);
    }

    Ledger ledger() {
        return new Ledger(scheduled, dropped, sent, completed, published, aggregated, lost, duplicates, closed());
    }
}
