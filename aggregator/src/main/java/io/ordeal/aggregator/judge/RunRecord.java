package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.WorstWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that the verdict on a run rests on.
///
/// @param trials the evidence for each objective of the plan, in its order
/// @param requests the tally of each request index over all judged phases
/// @param judgedSeconds time of the judged phases in the windows of the run
/// @param phases the tally of each phase index
/// @param rows the windows in order of time
/// @param steps what fell into the steps of loads in steps, in order
/// @param absent segments that never reported
/// @param unfinished segments that reported, but not their end
/// @param instances the generators that drove segments
/// @param handovers changes of a segment's owner that left time undriven
/// @param resources what samples of resource use, and points over time, say
/// @param unattended whether the runner was gone before it ended the run
public record RunRecord(
        Plan plan,
        Facts facts,
        List<Trial> trials,
        Map<Integer, Tally> requests,
        double judgedSeconds,
        Map<Integer, Tally> phases,
        List<Row> rows,
        List<StepSum> steps,
        Windows windows,
        Account account,
        Set<Integer> absent,
        Set<Integer> unfinished,
        Set<String> instances,
        long handovers,
        Pace pace,
        ResourceFindings resources,
        boolean unattended) {

    /// Returns how many requests, measures and readings were more than is kept of a run.
    public long refused() {
        return account.refused() + resources.refused();
    }

    /// The evidence for one objective.
    ///
    /// @param evidence over the windows in scope; without what is unknown, which the account says of the whole run
    /// @param windows in scope and judged
    /// @param failed of those
    /// @param inconclusive of those
    /// @param worst the worst value in one window
    /// @param failures some of the windows that failed with a value, the worst first
    /// @param samples requests looked at in those windows
    public record Trial(
            Evidence evidence,
            long windows,
            long failed,
            long inconclusive,
            Optional<Double> worst,
            List<WorstWindow> failures,
            long samples) {}

    /// How many windows there were.
    ///
    /// @param saturated in which a generator could not keep its schedule
    /// @param waited closed by a bounded wait
    public record Windows(long count, long saturated, long waited) {
        /// Whether the generators could not keep their schedule in so many that they cannot be trusted.
        public boolean tooSaturated() {
            return saturated > Rules.SATURATED * count;
        }
    }
}
