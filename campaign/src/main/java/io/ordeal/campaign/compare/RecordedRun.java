package io.ordeal.campaign.compare;

import io.ordeal.aggregator.judge.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a run has left in its folder, as far as runs are compared by it.
///
/// @param plan the hash of its plan; empty where the folder does not say
/// @param verdict its own verdict
/// @param requests those that ended in judged phases
public record RecordedRun(
        String run,
        String campaign,
        Optional<String> plan,
        String verdict,
        Instant startedAt,
        List<RecordedRequest> requests) {
    public RecordedRun {
        requests = List.copyOf(requests);
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
