package io.ordeal.campaign.screen;

import io.ordeal.schemas.results.OutcomeCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sums and words for how requests ended.
public final class Outcomes {
    private Outcomes() {}

    /// Returns how many did not end OK.
    public static long errors(OutcomeCounts counts) {
        return counts.invalid()
                + counts.httpError()
                + counts.timeout()
                + counts.connectError()
                + counts.reset()
                + counts.aborted();
    }

    /// Returns how many ended.
    public static long total(OutcomeCounts counts) {
        return counts.ok() + errors(counts);
    }

    /// Returns the part that did not end OK; 0 where none ended.
    public static double ratio(OutcomeCounts counts) {
        return total(counts) == 0 ? 0 : (double) errors(counts) / total(counts);
    }

    /// Returns both together.
    public static OutcomeCounts plus(OutcomeCounts a, OutcomeCounts b) {
        return new OutcomeCounts(
                a.ok() + b.ok(),
                a.invalid() + b.invalid(),
                a.httpError() + b.httpError(),
                a.timeout() + b.timeout(),
                a.connectError() + b.connectError(),
                a.reset() + b.reset(),
                a.aborted() + b.aborted());
    }

    /// Returns the numbers of errors that occurred, by their name.
    public static Map<String, Long> named(OutcomeCounts counts) {
        var named = new LinkedHashMap<String, Long>();
        named.put("timeout", counts.timeout());
        named.put("connect", counts.connectError());
        named.put("reset", counts.reset());
        named.put("HTTP", counts.httpError());
        named.put("invalid", counts.invalid());
        named.put("aborted", counts.aborted());
        named.values().removeIf(count -> count == 0);
        return named;
    }
}
