package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The verdicts on the faults of a run and on the run itself.
final class Conclusion {
    private static final double DROPPED = 0.01;
    private static final long SILENCE = 5 * Micros.SECOND;

    private final Dossier dossier;
    private final Terms terms;
    private final Story story;
    private final List<Standing> windows;
    private final long first;
    private final long last;

    Conclusion(Dossier dossier) {
        this.dossier = dossier;
        this.terms = dossier.terms();
        this.story = dossier.story();
        this.windows =
                dossier.told().stream().map(span -> Standing.of(dossier, span)).toList();
        this.first = windows.isEmpty() ? 0 : windows.getFirst().span().start();
        this.last = windows.isEmpty() ? first : windows.getLast().span().end();
    }

    /// Returns the verdicts on the faults, then the one on the run.
    List<VerdictEvent> verdicts() {
        var faults = dossier.faults().stream()
                .map(fault -> new FaultAnalysis(dossier, fault, windows).verdict())
                .toList();
        var run = run(faults);
        var id = terms.source().run();
        var events = new ArrayList<VerdictEvent>();
        faults.forEach(
                fault -> events.add(new VerdictEvent(id, fault.revertedAt().orElse(run.endedAt()), fault)));
        events.add(new VerdictEvent(id, run.endedAt(), run));
        return events;
    }

    private RunVerdict run(List<FaultVerdict> faults) {
        var objectives = new Rulings(dossier, windows).all();
        long started = story.started().orElse(first);
        return new RunVerdict(
                terms.source().campaign(),
                verdict(objectives),
                doubts(objectives),
                Micros.instant(started),
                Micros.instant(story.finished().orElse(Math.max(last, started))),
                dossier.account().ledger(),
                requests(),
                objectives,
                faults,
                phases(),
                dossier.pace().summary(dossier.instances().size(), dossier.saturated()),
                windows.size(),
                dossier.account().late(),
                List.of(),
                new Trends(dossier).all(),
                new Steps(dossier).all(),
                new Breach(dossier).first(windows),
                dossier.refused());
    }

    private Verdict verdict(List<ObjectiveVerdict> objectives) {
        if (objectives.stream().anyMatch(objective -> objective.verdict() == Verdict.FAIL)) {
            return Verdict.FAIL;
        }
        return doubts(objectives).isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    /// Returns what leaves room for doubt, and what fails.
    private List<String> doubts(List<ObjectiveVerdict> objectives) {
        var doubts = new ArrayList<String>();
        doubt(doubts, story.reason().filter(FinishReason.COMPLETED::equals).isEmpty(), "The run did not complete.");
        doubt(doubts, dossier.account().aggregated() == 0, "No request ended.");
        doubt(doubts, dossier.absent() > 0, "A segment never reported.");
        doubt(doubts, dossier.unfinished() > 0, "A segment fell silent before the end of the load.");
        doubt(doubts, !dossier.account().closed(), "The ledger is open.");
        doubt(doubts, waited(), "Windows closed by a wait.");
        doubt(
                doubts,
                dossier.account().dropped() > DROPPED * dossier.account().scheduled(),
                "More than 1 % of the load was dropped.");
        doubt(doubts, dossier.handovers() > 0, "A segment changed hands with a pause.");
        doubt(doubts, dossier.tooSaturated(), "The generators could not keep their schedule.");
        doubt(
                doubts,
                dossier.faults().stream().anyMatch(fault -> !fault.confirmed()),
                "A fault was not confirmed to act and to be over.");
        doubt(doubts, silent(), "The aggregator was silent while a fault may have hit it.");
        doubt(doubts, dossier.refused() > 0, "There were more series than are kept.");
        doubt(doubts, undecided(objectives), "No objective decides.");
        for (var objective : objectives) {
            boolean fails = objective.verdict() == Verdict.FAIL;
            boolean open = objective.verdict() == Verdict.INCONCLUSIVE && !advisory(objective.name());
            doubt(doubts, fails, "`" + objective.expression() + "` does not hold.");
            doubt(doubts, open, "`" + objective.expression() + "` is inconclusive.");
        }
        return doubts;
    }

    private static void doubt(List<String> doubts, boolean there, String text) {
        if (there) {
            doubts.add(text);
        }
    }

    private boolean waited() {
        return windows.stream()
                .anyMatch(window -> dossier.waited().contains(window.span().start()));
    }

    private boolean undecided(List<ObjectiveVerdict> objectives) {
        return objectives.stream().allMatch(objective -> advisory(objective.name()));
    }

    private boolean advisory(String name) {
        return terms.goals().stream()
                .filter(goal -> goal.name().equals(name))
                .flatMap(goal -> goal.objective().stream())
                .anyMatch(objective -> objective.advisory());
    }

    /// Whether the aggregator said nothing for more than 5 s of the time from a fault's act until the run was ended.
    private boolean silent() {
        var end = story.finished();
        return end.isPresent()
                && story.faults().stream()
                        .flatMap(fault -> fault.acted().stream())
                        .anyMatch(act -> silent(act, end.get()));
    }

    private boolean silent(long from, long to) {
        long heard = from;
        boolean silent = false;
        for (long beat : dossier.pulse()) {
            if (beat > from && beat < to) {
                silent |= beat - heard > SILENCE;
                heard = beat;
            }
        }
        return silent || to - heard > SILENCE;
    }

    private List<RequestSummary> requests() {
        var judged = new TreeMap<Integer, List<Ended.Request>>();
        for (var slot : dossier.slots()) {
            for (var request : slot.ended().all()) {
                if (terms.judged(request.timing().phase())) {
                    judged.computeIfAbsent(request.timing().request(), _ -> new ArrayList<>())
                            .add(request);
                }
            }
        }
        double seconds = judgedTime() / 1e6;
        var summaries = new ArrayList<RequestSummary>();
        judged.forEach((index, all) -> summaries.add(summary(index, new Ended(all), seconds)));
        return summaries;
    }

    private RequestSummary summary(int index, Ended ended, double seconds) {
        var info = terms.request(index);
        var response = ended.latencies(Measure.Latency.RESPONSE);
        var service = ended.latencies(Measure.Latency.SERVICE);
        return new RequestSummary(
                info.scenario(),
                info.request(),
                ended.outcomes(),
                seconds > 0 ? ended.count() / seconds : 0,
                response.summary(),
                service.summary(),
                response.encoded(),
                service.encoded(),
                ended.bytesOut(),
                ended.bytesIn(),
                ended.measures());
    }

    private long judgedTime() {
        long time = 0;
        for (var span : dossier.spans()) {
            for (int phase = 0; phase < terms.phases(); phase++) {
                time += terms.judged(phase) ? terms.time(story, phase, span.start(), span.end(), span.mainPhase()) : 0;
            }
        }
        return time;
    }

    private List<PhaseSummary> phases() {
        var summaries = new ArrayList<PhaseSummary>();
        long loadStart = story.loadStart(terms.source()).orElse(first);
        for (int index = 0; index < terms.phases(); index++) {
            int phase = index;
            var info = terms.source().phases().get(phase);
            var ended = Ended.together(dossier.slots().stream()
                    .map(slot -> slot.ended().where(timing -> timing.phase() == phase))
                    .toList());
            if (ended.count() == 0 && story.phaseStart(phase).isEmpty()) {
                continue; // the run ended before it began
            }
            long from = story.phaseStart(phase).orElse(loadStart + Micros.of(info.start()));
            long planned = from + Micros.of(info.duration());
            long to = story.phaseEnd(phase).orElse(Math.min(planned, Math.max(last, from)));
            summaries.add(new PhaseSummary(
                    info.name(),
                    info.judged(),
                    Micros.instant(from),
                    Micros.instant(to),
                    ended.count(),
                    ended.bad(),
                    ended.latencies(Measure.Latency.RESPONSE).summary()));
        }
        return summaries;
    }
}
