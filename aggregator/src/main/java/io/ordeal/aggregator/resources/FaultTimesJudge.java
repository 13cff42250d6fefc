package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Fault;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.ObjectiveJudge;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.ResourceFindings;
import io.ordeal.aggregator.judge.Rules;
import io.ordeal.aggregator.judge.Words;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The judge of how long circuit breakers took to trip, and queues to drain.
final class FaultTimesJudge {
    private final Plan plan;
    private final Facts facts;
    private final Recording recording;
    private final List<Fault> faults;

    FaultTimesJudge(Plan plan, Facts facts, Recording recording) {
        this.plan = plan;
        this.facts = facts;
        this.recording = recording;
        this.faults = facts.faults(plan.source());
    }

    /// Returns the times of each fault that has acted, by its id.
    Map<String, ResourceFindings.Times> times() {
        var times = new HashMap<String, ResourceFindings.Times>();
        var breakers = samples(Measure.CIRCUIT_OPEN, Optional.empty());
        var queues = samples(Measure.QUEUE_DEPTH, Optional.empty());
        for (var fault : faults) {
            if (fault.appliedAt().isPresent()) {
                var trip = Trip.of(fault, breakers).after();
                var drain = fault.revertedAt()
                        .flatMap(end -> drain(fault, end, queues).after());
                times.put(
                        fault.id(),
                        new ResourceFindings.Times(trip.map(Micros::duration), drain.map(Micros::duration)));
            }
        }
        return times;
    }

    private List<Samples> samples(String reading, Optional<String> target) {
        return recording.gauges(reading, target).stream()
                .map(recording::samples)
                .toList();
    }

    private Drain drain(Fault fault, long end, List<Samples> queues) {
        long act = fault.appliedAt().orElseThrow();
        return Drain.of(queues, act - baseline(), act, end);
    }

    private long baseline() {
        return Rules.BASELINE_WINDOWS * plan.window();
    }

    Answer trip(Objective objective) {
        var breakers = samples(Measure.CIRCUIT_OPEN, objective.on());
        return ofFaults(objective, fault -> trip(objective, fault, breakers));
    }

    private Finding trip(Objective objective, Fault fault, List<Samples> breakers) {
        if (fault.appliedAt().isEmpty()) {
            return Finding.inconclusive(1, "it was never confirmed to act");
        }
        var trip = Trip.of(fault, breakers);
        if (trip.after().isPresent()) {
            var timed = timed(objective, trip.after().get(), "a circuit breaker was seen open after ");
            return timed.verdict() == Verdict.FAIL && !fault.confirmed()
                    ? timed.butInconclusive(timed.reason() + "; but it was not confirmed to be over")
                    : timed;
        }
        if (!trip.seen()) {
            return Finding.inconclusive(1, Sentences.noReading(Measure.CIRCUIT_OPEN, objective) + " while it acted");
        }
        if (!fault.confirmed()) {
            return Finding.inconclusive(1, "no circuit breaker was seen open, and it was not confirmed to be over");
        }
        double lasted = (fault.revertedAt().orElseThrow() - fault.appliedAt().get()) / 1e6;
        var none = "no circuit breaker was seen open in the " + seconds(lasted) + " that it lasted";
        return lasted > objective.limit()
                ? new Finding(Optional.empty(), 1, Verdict.FAIL, none)
                : Finding.inconclusive(1, none);
    }

    Answer drain(Objective objective) {
        var queues = samples(Measure.QUEUE_DEPTH, objective.on());
        boolean ofPhase = objective.scope().phase().isPresent()
                && (objective.scope().interval() instanceof Scope.Whole
                        || objective.scope().interval() instanceof Scope.OutsideFaults);
        return ofPhase
                ? Answer.of(afterPhase(objective, queues))
                : ofFaults(objective, fault -> drain(objective, fault, queues));
    }

    private Finding afterPhase(Objective objective, List<Samples> queues) {
        var spans = new InScope(objective, plan, facts).spans();
        if (spans.isEmpty()) {
            return Finding.inconclusive(0, "the phase was not seen to begin");
        }
        var phase = spans.getFirst();
        return drained(objective, queues, Drain.of(queues, phase.from() - baseline(), phase.from(), phase.to()));
    }

    private Finding drain(Objective objective, Fault fault, List<Samples> queues) {
        if (!fault.confirmed()) {
            return Finding.inconclusive(1, "it was not confirmed to act and to be over");
        }
        return drained(objective, queues, drain(fault, fault.revertedAt().orElseThrow(), queues));
    }

    private static Finding drained(Objective objective, List<Samples> queues, Drain drain) {
        if (queues.isEmpty()) {
            return Finding.inconclusive(1, Sentences.noReading(Measure.QUEUE_DEPTH, objective));
        }
        if (drain.after().isPresent()) {
            return timed(objective, drain.after().get(), "the queues were back after ");
        }
        boolean late = drain.open().stream().anyMatch(last -> last / 1e6 > objective.limit())
                || drain.latest().filter(time -> !objective.holds(time / 1e6)).isPresent();
        return late
                ? new Finding(Optional.empty(), 1, Verdict.FAIL, "a queue was not back in time")
                : Finding.inconclusive(1, "a queue was not back when its samples ended");
    }

    private static Finding timed(Objective objective, long micros, String what) {
        double time = micros / 1e6;
        return objective.holds(time)
                ? new Finding(Optional.of(time), 1, Verdict.PASS, "")
                : new Finding(
                        Optional.of(time),
                        1,
                        Verdict.FAIL,
                        what + seconds(time) + ", limit "
                                + objective.comparison().symbol() + " " + seconds(objective.limit()));
    }

    private static String seconds(double time) {
        return Words.quantity(time, io.ordeal.schemas.objective.Unit.SECONDS);
    }

    /// The worst of the faults decides; what is observed is the longest time that is known.
    private Answer ofFaults(Objective objective, Function<Fault, Finding> judge) {
        var answers = new ArrayList<Answer>();
        for (var fault : faults) {
            if (ObjectiveJudge.about(objective, fault.id())) {
                var finding = judge.apply(fault);
                var reason = finding.reason().isEmpty() ? "" : fault.id() + ": " + finding.reason();
                answers.add(Answer.of(new Finding(finding.observed(), 1, finding.verdict(), reason)));
            }
        }
        if (answers.isEmpty()) {
            return Answer.of(Finding.inconclusive(0, "there was no such fault"));
        }
        var longest = answers.stream()
                .flatMap(answer -> answer.finding().observed().stream())
                .max(Double::compare);
        var worst = Worst.of(answers, Comparison.LESS).finding();
        return Answer.of(new Finding(longest, answers.size(), worst.verdict(), worst.reason()));
    }
}
