package io.ordeal.campaign.compare;

import io.ordeal.aggregator.judge.Counts;
import io.ordeal.schemas.results.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run has left in its folder, as far as runs are compared by it.
///
/// @param plan the hash of its plan; empty where the folder does not say
/// @param verdict its own verdict
/// @param facts its plan in words, part by part; empty where the folder does not say
/// @param requests those that ended in judged phases
/// @param trends how latency, errors, throughput and readings went
public record RecordedRun(
        String run,
        String campaign,
        Optional<String> plan,
        String verdict,
        Instant startedAt,
        Instant endedAt,
        Map<String, String> facts,
        List<RecordedRequest> requests,
        List<Trend> trends) {
    public RecordedRun {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        trends = List.copyOf(trends);
        requests = List.copyOf(requests);
    }

    /// Returns how long it took, in hours.
    double hours() {
        return Duration.between(startedAt, endedAt).toMillis() / 3_600_000.0;
    }

    /// Returns the request of that name.
    public Optional<RecordedRequest> request(String name) {
        return requests.stream().filter(request -> request.name().equals(name)).findAny();
    }

    /// The requests of one name.
    ///
    /// @param name `scenario/request`
    /// @param count how many ended
    /// @param errors how many of them did not end OK
    /// @param windows response times of each window in which one ended, microseconds, in order of time
    public record RecordedRequest(String name, long count, long errors, double throughput, List<Counts> windows) {
        public RecordedRequest {
            windows = List.copyOf(windows);
        }

        /// Returns the response times of all windows, microseconds.
        Counts all() {
            var all = new Counts();
            windows.forEach(all::add);
            return all;
        }
    }
}
