package io.ordeal.aggregator.judge;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// One window of a run: what ended in it, by phase and request, and what the generators say about it.
public final class RunWindow {
    /// The name of a summary of all scenarios, and of all requests.
    public static final String ALL = "*";

    private final long start;
    private final long end;
    private final TreeMap<Series, Tally> tallies = new TreeMap<>();
    private final NavigableSet<String> saturated = new TreeSet<>();
    private Load load = Load.NONE;

    /// A kind of request in a phase, by index.
    public record Series(int phase, int request) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            return phase != other.phase ? Integer.compare(phase, other.phase) : Integer.compare(request, other.request);
        }
    }

    /// What the generators' ticks say about a window.
    ///
    /// @param completed requests that ended in it, by the generators' own count
    /// @param duplicates events that came twice
    /// @param phase the phase under way at its end, -1 before the first
    /// @param inFlight requests in flight at its end
    /// @param oldest the age of the oldest of them at its end, microseconds
    public record Load(
            long scheduled,
            long dropped,
            long sent,
            long completed,
            long duplicates,
            int phase,
            long inFlight,
            long oldest) {
        /// Nothing.
        public static final Load NONE = new Load(0, 0, 0, 0, 0, -1, 0, 0);

        /// Returns this and `other` together.
        public Load plus(Load other) {
            return new Load(
                    scheduled + other.scheduled,
                    dropped + other.dropped,
                    sent + other.sent,
                    completed + other.completed,
                    duplicates + other.duplicates,
                    Math.max(phase, other.phase),
                    inFlight + other.inFlight,
                    Math.max(oldest, other.oldest));
        }
    }

    /// Starts empty; instants in microseconds since the epoch.
    public RunWindow(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /// Returns the tally of one kind of request, to be added to.
    public Tally tally(Series series) {
        return tallies.computeIfAbsent(series, _ -> new Tally());
    }

    /// Adds what the generators of a segment say.
    public void add(Load more, Iterable<String> saturations) {
        load = load.plus(more);
        saturations.forEach(saturated::add);
    }

    /// Returns its start, microseconds since the epoch.
    public long start() {
        return start;
    }

    /// Returns its end, microseconds since the epoch.
    public long end() {
        return end;
    }

    /// Returns the tallies by kind of request.
    public Map<Series, Tally> tallies() {
        return tallies;
    }

    /// Returns what the generators say about it.
    public Load load() {
        return load;
    }

    /// Returns why the generators could not keep their schedule in it.
    public NavigableSet<String> saturated() {
        return saturated;
    }

    /// Returns how many requests ended in it.
    public long count() {
        return tallies.values().stream().mapToLong(Tally::count).sum();
    }

    /// Returns when the earliest of its requests was sent, its own start where none ended.
    public long from() {
        return tallies.values().stream()
                .mapToLong(tally -> tally.earliestSent(start))
                .min()
                .orElse(start);
    }

    /// Returns the phase that most of its requests belong to, or the one under way where none ended.
    public int mainPhase() {
        var counts = new TreeMap<Integer, Long>();
        tallies.forEach((series, tally) -> counts.merge(series.phase(), tally.count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .orElse(Math.max(load.phase(), 0));
    }

    /// Whether requests were due and their silence is a breach: none ended, and one was dropped or has waited longer
    /// than the window.
    public boolean stalled() {
        return count() == 0 && (load.dropped() > 0 || (load.inFlight() > 0 && load.oldest() >= end - start));
    }

    /// Whether nothing was due in it and nothing ended: such a window is not told of.
    public boolean idle() {
        return count() == 0
                && load.scheduled() == 0
                && load.dropped() == 0
                && load.completed() == 0
                && load.inFlight() == 0;
    }

    /// Returns the sum of the tallies whose phase and request count.
    public Tally sum(IntPredicate phases, IntPredicate requests) {
        var sum = new Tally();
        tallies.forEach((series, tally) -> {
            if (phases.test(series.phase()) && requests.test(series.request())) {
                sum.add(tally);
            }
        });
        return sum;
    }

    /// Returns the summaries: of each kind of request, and of each phase as a whole.
    public List<WindowSummary> summaries(Plan plan, Facts facts, ClosedBy closedBy, long late) {
        var faults = facts.overlapping(from(), end);
        var phases = new TreeSet<Integer>();
        tallies.keySet().forEach(series -> phases.add(series.phase()));
        int main = mainPhase();
        phases.add(main);
        var summaries = new ArrayList<WindowSummary>();
        for (int phase : phases) {
            tallies.forEach((series, tally) -> {
                if (series.phase() == phase) {
                    var info = plan.request(series.request());
                    summaries.add(summary(
                            plan,
                            phase,
                            info.scenario(),
                            info.request(),
                            tally,
                            closedBy,
                            late,
                            faults,
                            Optional.empty()));
                }
            });
            var ledger = phase == main ? Optional.of(ledger()) : Optional.<Ledger>empty();
            summaries.add(summary(
                    plan, phase, ALL, ALL, sum(each -> each == phase, _ -> true), closedBy, late, faults, ledger));
        }
        return summaries;
    }

    private WindowSummary summary(
            Plan plan,
            int phase,
            String scenario,
            String request,
            Tally tally,
            ClosedBy closedBy,
            long late,
            List<String> faults,
            Optional<Ledger> ledger) {
        var response = tally.distribution(Measure.Latency.RESPONSE);
        var service = tally.distribution(Measure.Latency.SERVICE);
        return new WindowSummary(
                plan.source().run(),
                Micros.instant(start),
                Micros.duration(end - start),
                plan.phaseName(phase),
                scenario,
                request,
                closedBy,
                Micros.instant(tally.earliestSent(start)),
                tally.outcomes(),
                ledger,
                response.summary(),
                service.summary(),
                response.encoded(),
                service.encoded(),
                tally.bytesOut(),
                tally.bytesIn(),
                late,
                faults,
                List.copyOf(saturated),
                List.of());
    }

    /// What a window can say of the ledger: sent and scheduled belong to other instants than completed, so only
    /// completed, published and aggregated must agree.
    private Ledger ledger() {
        long aggregated = count();
        long completed = load.completed();
        return new Ledger(
                load.scheduled(),
                load.dropped(),
                load.sent(),
                completed,
                completed,
                aggregated,
                Math.max(completed - aggregated, 0),
                load.duplicates(),
                completed == aggregated);
    }

    /// Returns the verdict on each objective for which the window counts.
    public List<WindowVerdict> verdicts(Plan plan, Facts facts) {
        var verdicts = new ArrayList<WindowVerdict>();
        for (var aim : plan.windowAims()) {
            var objective = aim.objective().orElseThrow();
            finding(plan, facts, objective)
                    .ifPresent(finding -> verdicts.add(new WindowVerdict(
                            aim.spec().name(),
                            Micros.instant(start),
                            Micros.duration(end - start),
                            finding.observed(),
                            objective.limit(),
                            finding.samples(),
                            finding.verdict(),
                            finding.reason())));
        }
        return verdicts;
    }

    /// Returns how the objective stands, or empty where the window does not count for it.
    public Optional<Finding> finding(Plan plan, Facts facts, Objective objective) {
        if (!Plan.covers(objective.scope().interval(), facts, start, from(), end)) {
            return Optional.empty();
        }
        var evidence = evidence(plan, facts, objective, phase -> plan.inPhase(objective, phase));
        boolean wholly = evidence.seconds() * 1e6 >= end - start - 1;
        if (objective.measure() instanceof Measure.Throughput) {
            return wholly ? Optional.of(Judge.ofWindow(objective, evidence)) : Optional.empty();
        }
        return evidence.tally().count() == 0 && !evidence.stalled()
                ? Optional.empty()
                : Optional.of(Judge.ofWindow(objective, evidence));
    }

    private Evidence evidence(Plan plan, Facts facts, Objective objective, IntPredicate phases) {
        var tally = sum(phases, request -> plan.ofRequest(objective, request));
        int main = mainPhase();
        boolean own = phases.test(main);
        boolean all = objective.of().isEmpty();
        long time = 0;
        for (int phase = 0; phase < Math.max(plan.source().phases().size(), 1); phase++) {
            time += phases.test(phase) ? plan.time(facts, phase, start, end, main) : 0;
        }
        return new Evidence(
                tally,
                own && all ? load.dropped() : 0,
                own && !all ? load.dropped() : 0,
                time / 1e6,
                own && stalled(),
                !saturated.isEmpty());
    }

    /// Returns the window in short: how every latency, error and availability objective stood, whatever its interval.
    public Row row(Plan plan, Facts facts) {
        var all = sum(_ -> true, _ -> true);
        var standing = Row.Standing.UNKNOWN;
        for (var aim : plan.windowAims()) {
            var objective = aim.objective().orElseThrow();
            if (objective.measure() instanceof Measure.Throughput) {
                continue;
            }
            IntPredicate phases = phase -> objective.scope().phase().isEmpty() || plan.inPhase(objective, phase);
            var holds = Judge.holds(objective, evidence(plan, facts, objective, phases));
            if (holds.isPresent()) {
                standing =
                        holds.get() && standing != Row.Standing.BREACHED ? Row.Standing.HOLDS : Row.Standing.BREACHED;
            }
        }
        return new Row(
                start,
                end,
                from(),
                all.count(),
                all.distribution(Measure.Latency.RESPONSE).percentile(95),
                all.count() - all.count(Outcome.OK),
                standing);
    }

    /// Writes the window without its bounds.
    public void write(ByteWriter out) {
        out.number(tallies.size());
        tallies.forEach((series, tally) -> {
            out.number(series.phase()).number(series.request());
            tally.write(out);
        });
        out.number(load.scheduled).number(load.dropped).number(load.sent).number(load.completed);
        out.number(load.duplicates).number(load.phase).number(load.inFlight).number(load.oldest);
        out.number(saturated.size());
        saturated.forEach(out::text);
    }

    /// Adds what [#write] has written, of the same window or of a part of it.
    public void addFrom(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            tally(new Series(in.integer(), in.integer())).addFrom(in);
        }
        load = load.plus(new Load(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.integer(),
                in.number(),
                in.number()));
        for (int left = in.integer(); left > 0; left--) {
            saturated.add(in.text());
        }
    }
}
