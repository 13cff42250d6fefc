package io.ordeal.chaos.toxiproxy;

import java.util.Optional;

/// How long something stays when nobody renews it.
///
/// @param endsAt on the clock of [System#nanoTime]
record Lease(long millis, long endsAt) {
    private static final String NAME = "lease_ms";
    private static final long MOST_MILLIS = 86_400_000;
    private static final int NANOS_IN_MILLI = 1_000_000;

    static Optional<Lease> read(GoJson body) throws ApiProblem {
        var millis = body.whole(NAME);
        if (millis.filter(m -> m < 1 || m > MOST_MILLIS).isPresent()) {
            throw ApiProblem.badBody("lease_ms must be from 1 to 86400000");
        }
        return millis.map(Lease::of);
    }

    /// Reads it from the query of a request: `lease_ms=5000`.
    static Optional<Lease> inQuery(Optional<String> query) {
        return query.filter(text -> text.matches(NAME + "=[1-9][0-9]{0,8}"))
                .map(text -> Long.parseLong(text.substring(NAME.length() + 1)))
                .filter(millis -> millis <= MOST_MILLIS)
                .map(Lease::of);
    }

    private static Lease of(long millis) {
        return new Lease(millis, System.nanoTime() + millis * NANOS_IN_MILLI);
    }

    boolean isOver(long now) {
        return now - endsAt >= 0;
    }
}
