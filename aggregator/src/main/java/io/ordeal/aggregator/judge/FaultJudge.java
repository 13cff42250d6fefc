package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The judge of what one fault did to the service: when objectives stopped to hold, and when they held again.
final class FaultJudge {
    private final Fault fault;
    private final List<Fault> others;
    private final List<Row> rows;
    private final ResourceFindings.Times times;

    FaultJudge(Fault fault, List<Fault> all, List<Row> rows, ResourceFindings.Times times) {
        this.fault = fault;
        this.others =
                all.stream().filter(other -> !other.id().equals(fault.id())).toList();
        this.rows = rows;
        this.times = times;
    }

    /// Returns the verdict; `limits` are the recovery objectives that apply to the fault.
    FaultVerdict verdict(List<Objective> limits) {
        var breach =
                rows.stream().filter(this::during).filter(FaultJudge::breached).findFirst();
        var recovered = recovered();
        var judged = judged(limits, recovered, breach.isPresent());
        long recovery = recovered.orElse(Long.MAX_VALUE);
        var suffering = rows.stream()
                .filter(row -> during(row) || (after(row) && row.start() < recovery))
                .toList();
        return new FaultVerdict(
                fault.id(),
                fault.kind(),
                fault.target(),
                fault.appliedAt().map(Micros::instant),
                fault.revertedAt().map(Micros::instant),
                fault.confirmed(),
                breach.map(row ->
                        Micros.duration(Math.max(row.start() - fault.appliedAt().orElseThrow(), 0))),
                timeToRecover(recovered),
                median(baseline()),
                suffering.stream()
                        .filter(this::during)
                        .filter(row -> row.count() > 0)
                        .map(Row::p95)
                        .max(Long::compare),
                median(aftermath(recovery)),
                suffering.stream()
                        .filter(row -> row.count() > 0)
                        .mapToDouble(row -> (double) row.errors() / row.count())
                        .max()
                        .orElse(0),
                judged.verdict(),
                judged.reason(),
                List.of(),
                0,
                times.toTrip(),
                times.toDrain(),
                List.of());
    }

    /// Returns the time from the confirmed end until the objectives held and stayed, or empty where they did not.
    private Optional<Duration> timeToRecover(Optional<Long> recovered) {
        return recovered.map(at -> Micros.duration(at - fault.revertedAt().orElseThrow()));
    }

    /// How the fault stands against one limit, or against none.
    record Judged(Verdict verdict, String reason) {}

    private Judged judged(List<Objective> limits, Optional<Long> recovered, boolean breached) {
        if (fault.failure().isPresent()) {
            return new Judged(Verdict.INCONCLUSIVE, fault.failure().get());
        }
        if (fault.appliedAt().isEmpty()) {
            return new Judged(Verdict.INCONCLUSIVE, "it was never confirmed to act");
        }
        if (fault.revertedAt().isEmpty()) {
            return new Judged(Verdict.INCONCLUSIVE, "it was never confirmed to be over");
        }
        if (rows.stream().allMatch(row -> row.standing() == Row.Standing.UNKNOWN)) {
            return new Judged(
                    Verdict.INCONCLUSIVE, "no objective on latency, errors or availability could be observed");
        }
        if (recovered.isPresent()) {
            var time = recovered.get() - fault.revertedAt().get();
            return limits.stream()
                    .filter(limit -> !limit.holds(time / 1e6))
                    .findFirst()
                    .map(limit -> new Judged(
                            Verdict.FAIL,
                            "the objectives held again after "
                                    + Words.quantity(time / 1e6, limit.measure().unit())
                                    + ", limit " + limit.comparison().symbol() + " "
                                    + Words.quantity(
                                            limit.limit(), limit.measure().unit())))
                    .orElse(new Judged(Verdict.PASS, ""));
        }
        return unrecovered(breached);
    }

    /// Not to have failed is not to have recovered: too few windows prove neither.
    private Judged unrecovered(boolean breached) {
        var after = rows.stream().filter(this::after).toList();
        var last = after.stream()
                .filter(row -> standing(row) != Row.Standing.UNKNOWN)
                .toList();
        if (!last.isEmpty() && breached(last.getLast())) {
            return new Judged(Verdict.FAIL, "the objectives did not hold again before the end of the run");
        }
        if (last.isEmpty() && after.stream().anyMatch(FaultJudge::breached)) {
            return new Judged(Verdict.INCONCLUSIVE, "another fault was in force from its end on");
        }
        return new Judged(
                Verdict.INCONCLUSIVE,
                "the run ended with " + Words.count(streak(last), "window") + " after "
                        + (breached ? "it" : "the fault") + " in which the objectives held, where "
                        + Rules.RECOVERY_WINDOWS + " are needed");
    }

    private static long streak(List<Row> last) {
        long holding = 0;
        for (var row : last) {
            holding = breached(row) ? 0 : holding + 1;
        }
        return holding;
    }

    /// Returns where the time of holding objectives begins, or empty where it never does: the end of the fault itself
    /// when the first windows after it hold and none during it failed.
    private Optional<Long> recovered() {
        if (fault.appliedAt().isEmpty() || fault.revertedAt().isEmpty()) {
            return Optional.empty();
        }
        boolean unscathed = rows.stream().filter(this::during).noneMatch(FaultJudge::breached);
        long since = -1;
        int holding = 0;
        for (var row : rows) {
            if (!after(row)) {
                continue;
            }
            switch (standing(row)) {
                case HOLDS -> {
                    since = holding == 0 ? row.start() : since;
                    holding++;
                }
                case BREACHED -> {
                    holding = 0;
                    unscathed = false;
                }
                case UNKNOWN -> {}
            }
            if (holding == Rules.RECOVERY_WINDOWS) {
                return Optional.of(unscathed ? fault.revertedAt().get() : since);
            }
        }
        return Optional.empty();
    }

    /// While another fault is in force, a breach says nothing about this one.
    private Row.Standing standing(Row row) {
        boolean other = others.stream().anyMatch(each -> each.overlaps(row.from(), row.end()));
        return breached(row) && other ? Row.Standing.UNKNOWN : row.standing();
    }

    private static boolean breached(Row row) {
        return row.standing() == Row.Standing.BREACHED;
    }

    private boolean during(Row row) {
        return fault.overlaps(row.from(), row.end());
    }

    private boolean after(Row row) {
        return fault.revertedAt().isPresent()
                && row.start() >= fault.revertedAt().get();
    }

    private List<Row> baseline() {
        var before = rows.stream()
                .filter(row -> fault.appliedAt().isPresent()
                        && row.end() <= fault.appliedAt().get())
                .filter(this::undisturbed)
                .toList();
        return before.subList(Math.max(0, before.size() - Rules.BASELINE_WINDOWS), before.size());
    }

    private List<Row> aftermath(long recovery) {
        return rows.stream()
                .filter(row -> row.start() >= recovery && !during(row))
                .filter(this::undisturbed)
                .limit(Rules.BASELINE_WINDOWS)
                .toList();
    }

    private boolean undisturbed(Row row) {
        Predicate<Fault> meets = other -> other.overlaps(row.from(), row.end());
        return others.stream().noneMatch(meets);
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
