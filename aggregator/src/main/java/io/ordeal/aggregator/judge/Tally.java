package io.ordeal.aggregator.judge;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.OutcomeCounts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What was counted of requests that ended: how many in which way, and how long they took.
///
/// Adding tallies loses nothing: the tally of a whole is the sum of the tallies of its parts, in any order.
public final class Tally {
    private static final int OUTCOMES = Outcome.values().length;

    private final Distribution response = new Distribution();
    private final Distribution service = new Distribution();
    private final long[] outcomes = new long[OUTCOMES];
    private final Map<String, Values> measures = new TreeMap<>();
    private long bytesOut;
    private long bytesIn;
    private long earliestSent = Long.MAX_VALUE;

    /// Counts one request, without what it measured itself.
    public void record(RequestTiming request) {
        response.record(request.response());
        service.record(request.response() - request.delay());
        outcomes[request.outcome().ordinal()]++;
        bytesOut += request.bytesOut();
        bytesIn += request.bytesIn();
        earliestSent = Math.min(earliestSent, request.ended() - request.response() + request.delay());
    }

    /// Counts a value that a request measured itself; what is no finite number is passed over.
    public void measure(String name, double value) {
        if (FourDigits.fits(value)) {
            values(name, measures).record(value);
        }
    }

    private static Values values(String name, Map<String, Values> measures) {
        return measures.computeIfAbsent(name, _ -> new Values());
    }

    /// Adds what `other` has counted.
    public void add(Tally other) {
        other.measures.forEach((name, values) -> values(name, measures).add(values));
        response.add(other.response);
        service.add(other.service);
        for (int i = 0; i < OUTCOMES; i++) {
            outcomes[i] += other.outcomes[i];
        }
        bytesOut += other.bytesOut;
        bytesIn += other.bytesIn;
        earliestSent = Math.min(earliestSent, other.earliestSent);
    }

    /// Returns how many requests ended.
    public long count() {
        return response.counts.total();
    }

    /// Returns how many ended OK.
    public long ok() {
        return outcomes[Outcome.OK.ordinal()];
    }

    /// Returns how many did not end OK.
    public long bad() {
        return count() - ok();
    }

    /// Returns how many ended so.
    public long count(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    /// Returns how many ended in which way.
    public OutcomeCounts outcomes() {
        return new OutcomeCounts(
                outcomes[0], outcomes[1], outcomes[2], outcomes[3], outcomes[4], outcomes[5], outcomes[6]);
    }

    /// Returns when the earliest of them was sent, microseconds, or `otherwise` where nothing ended.
    public long earliestSent(long otherwise) {
        return count() == 0 ? otherwise : earliestSent;
    }

    /// Returns the bytes of all request bodies.
    public long bytesOut() {
        return bytesOut;
    }

    /// Returns the bytes of all answers' bodies.
    public long bytesIn() {
        return bytesIn;
    }

    /// Returns the distribution of one kind of latency.
    public Distribution distribution(Measure.Latency latency) {
        return switch (latency) {
            case RESPONSE -> response;
            case SERVICE -> service;
        };
    }

    /// Returns the values of one name that requests measured themselves, to be read only.
    public Values values(String name) {
        return measures.getOrDefault(name, new Values());
    }

    /// Returns what the requests measured themselves in the contract's shape, by name.
    public List<MeasureSummary> measures() {
        return measures.entrySet().stream()
                .map(entry -> entry.getValue().summary(entry.getKey()))
                .toList();
    }

    /// Writes the tally.
    public void write(ByteWriter out) {
        out.number(measures.size());
        measures.forEach((name, values) -> {
            out.text(name);
            values.write(out);
        });
        response.write(out);
        service.write(out);
        for (long outcome : outcomes) {
            out.number(outcome);
        }
        out.number(bytesOut);
        out.number(bytesIn);
        out.number(earliestSent);
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            values(in.text(), measures).addFrom(in);
        }
        response.addFrom(in);
        service.addFrom(in);
        for (int i = 0; i < OUTCOMES; i++) {
            outcomes[i] += in.number();
        }
        bytesOut += in.number();
        bytesIn += in.number();
        earliestSent = Math.min(earliestSent, in.number());
    }

    /// Latencies in microseconds: their counts, exact sum and exact maximum.
    public static final class Distribution {
        private final Counts counts = new Counts();
        private long sum;
        private long max;

        private void record(long value) {
            long valid = Math.max(value, 0);
            counts.record(valid);
            sum += valid;
            max = Math.max(max, valid);
        }

        private void add(Distribution other) {
            counts.add(other.counts);
            sum += other.sum;
            max = Math.max(max, other.max);
        }

        /// Returns the counts, to be read only.
        public Counts counts() {
            return counts;
        }

        /// Returns the exact sum.
        public long sum() {
            return sum;
        }

        /// Returns the exact maximum, 0 where there is none.
        public long max() {
            return max;
        }

        /// Returns the exact mean, 0 where there is none.
        public double mean() {
            return counts.total() == 0 ? 0 : (double) sum / counts.total();
        }

        /// Returns the value that `rank` percent do not exceed: the upper edge of its bucket, at most 0.1 % above,
        /// and
        /// never above the maximum.
        ///
        /// @param rank in percent, 99.9 for p99.9
        public long percentile(double rank) {
            return Math.min(counts.percentile(rank), max);
        }

        /// Returns the `rank`-th smallest value, read as [#percentile] reads.
        public long at(long rank) {
            return Math.min(counts.at(rank), max);
        }

        /// Returns how many values hold against `limit` by [#percentile]'s account of them.
        public long within(Comparison comparison, double limit) {
            if (counts.total() == 0 || comparison.holds((double) max, limit)) {
                return counts.total();
            }
            long value = (long) Math.min(Math.max(limit, 0), (double) Histograms.CEILING);
            return counts.below(value, comparison.holds((double) Counts.highest(value), limit));
        }

        /// Returns the latencies in the contract's shape, or empty where nothing was counted.
        public Optional<Latency> summary() {
            if (counts.total() == 0) {
                return Optional.empty();
            }
            return Optional.of(new Latency(
                    mean(), percentile(50), percentile(90), percentile(95), percentile(99), percentile(99.9), max));
        }

        /// Returns the histogram's encoding.
        public ByteBuffer encoded() {
            return ByteBuffer.wrap(Histograms.encode(counts));
        }

        private void write(ByteWriter out) {
            counts.write(out);
            out.number(sum);
            out.number(max);
        }

        private void addFrom(ByteReader in) {
            counts.addFrom(in);
            sum += in.number();
            max = Math.max(max, in.number());
        }
    }
}
