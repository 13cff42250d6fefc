package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The judge of what one fault did to the service: when objectives stopped to hold, and when they held again.
final class FaultJudge {
    private final Fault fault;
    private final FaultWindows windows;
    private final Plan plan;
    private final ResourceFindings.Times times;
    private final Optional<Row> breach;
    private final Optional<Long> recovered;

    FaultJudge(Fault fault, List<Fault> all, List<Row> rows, Plan plan, ResourceFindings.Times times) {
        this.fault = fault;
        this.windows = new FaultWindows(fault, all, rows);
        this.plan = plan;
        this.times = times;
        this.breach = windows.breach();
        this.recovered = windows.recovered();
    }

    /// Returns the id of the fault.
    String fault() {
        return fault.id();
    }

    /// Returns the verdict; `limits` are the recovery objectives that apply to the fault.
    FaultVerdict verdict(List<Objective> limits, Budgets budgets) {
        var judged = judged(limits);
        var suffering = windows.suffering(recovered);
        var busy = suffering.stream().filter(row -> row.count() > 0).toList();
        return new FaultVerdict(
                fault.id(),
                fault.kind(),
                fault.target(),
                fault.appliedAt().map(Micros::instant),
                fault.revertedAt().map(Micros::instant),
                fault.confirmed(),
                breach.map(row ->
                        Micros.duration(Math.max(row.start() - fault.appliedAt().orElseThrow(), 0))),
                timeToRecover(),
                median(windows.baseline()),
                busy.stream().filter(windows::during).map(Row::p95).max(Long::compare),
                median(windows.aftermath(recovered)),
                busy.stream()
                        .mapToDouble(row -> (double) row.errors() / row.count())
                        .max()
                        .orElse(0),
                judged.verdict(),
                judged.reason(),
                breach.map(row -> row.breached().stream().map(plan::nameOf).toList())
                        .orElse(List.of()),
                suffering.stream().mapToLong(Row::errors).sum(),
                times.toTrip(),
                times.toDrain(),
                budgets.shares(suffering));
    }

    /// Returns the time from the confirmed end until the objectives held and stayed, or empty where they did not.
    Optional<Duration> timeToRecover() {
        return recovered.map(at -> Micros.duration(at - fault.revertedAt().orElseThrow()));
    }

    /// How the fault stands against some limits, or against none.
    record Judged(Verdict verdict, String reason) {
        private static Judged inconclusive(String reason) {
            return new Judged(Verdict.INCONCLUSIVE, reason);
        }
    }

    /// Returns how the fault stands against `limits` on the recovery.
    Judged judged(List<Objective> limits) {
        if (fault.failure().isPresent()) {
            return Judged.inconclusive(fault.failure().get());
        }
        if (fault.appliedAt().isEmpty()) {
            return Judged.inconclusive("it was never confirmed to act");
        }
        if (fault.revertedAt().isEmpty()) {
            return Judged.inconclusive("it was never confirmed to be over");
        }
        if (windows.all().stream().allMatch(row -> row.standing() == Row.Standing.UNKNOWN)) {
            return Judged.inconclusive("no objective on latency, errors or availability could be observed");
        }
        return recovered
                .map(at -> recovered((at - fault.revertedAt().get()) / 1e6, limits))
                .orElseGet(this::unrecovered);
    }

    private static Judged recovered(double seconds, List<Objective> limits) {
        return limits.stream()
                .filter(limit -> !limit.holds(seconds))
                .findFirst()
                .map(limit -> new Judged(
                        Verdict.FAIL,
                        "the objectives held again after "
                                + Words.quantity(seconds, limit.measure().unit())
                                + ", limit " + limit.comparison().symbol() + " "
                                + Words.quantity(limit.limit(), limit.measure().unit())))
                .orElse(new Judged(Verdict.PASS, ""));
    }

    /// Not to have failed is not to have recovered: too few windows prove neither.
    private Judged unrecovered() {
        var after = windows.after();
        var last = after.stream()
                .filter(row -> windows.standing(row) != Row.Standing.UNKNOWN)
                .toList();
        if (!last.isEmpty() && FaultWindows.breached(last.getLast())) {
            return new Judged(Verdict.FAIL, "the objectives did not hold again before the end of the run");
        }
        if (last.isEmpty() && after.stream().anyMatch(FaultWindows::breached)) {
            return Judged.inconclusive("another fault was in force from its end on");
        }
        return Judged.inconclusive("the run ended with " + Words.count(streak(last), "window") + " after "
                + (breach.isPresent() ? "it" : "the fault") + " in which the objectives held, where "
                + Rules.RECOVERY_WINDOWS + " are needed");
    }

    private static long streak(List<Row> last) {
        long holding = 0;
        for (var row : last) {
            holding = FaultWindows.breached(row) ? 0 : holding + 1;
        }
        return holding;
    }

    private static Optional<Long> median(List<Row> windows) {
        var sorted = windows.stream()
                .filter(row -> row.count() > 0)
                .map(Row::p95)
                .sorted()
                .toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }
}
