package io.ordeal.aggregator.judge;

import java.util.List;
import java.util.Optional;

/// The windows of a run as one fault divides them: before, during and after it.
final class FaultWindows {
    private final Fault fault;
    private final List<Fault> others;
    private final List<Row> rows;

    FaultWindows(Fault fault, List<Fault> all, List<Row> rows) {
        this.fault = fault;
        this.others =
                all.stream().filter(other -> !other.id().equals(fault.id())).toList();
        this.rows = rows;
    }

    List<Row> all() {
        return rows;
    }

    /// Returns the first window that overlaps it and is breached.
    Optional<Row> breach() {
        return rows.stream().filter(this::during).filter(FaultWindows::breached).findFirst();
    }

    /// Returns the windows that start after it.
    List<Row> after() {
        return rows.stream().filter(this::after).toList();
    }

    /// Returns the windows from applied until recovered, to the last where there is no recovery.
    List<Row> suffering(Optional<Long> recovery) {
        return rows.stream()
                .filter(row -> during(row)
                        || (after(row) && recovery.map(at -> row.start() < at).orElse(true)))
                .toList();
    }

    /// Returns where the time of holding objectives begins, or empty where it never does: the end of the fault itself
    /// when the first windows after it hold and none during it failed.
    Optional<Long> recovered() {
        if (fault.appliedAt().isEmpty() || fault.revertedAt().isEmpty()) {
            return Optional.empty();
        }
        boolean unscathed = breach().isEmpty();
        long since = -1;
        int holding = 0;
        for (var row : after()) {
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
    Row.Standing standing(Row row) {
        return breached(row) && !undisturbed(row) ? Row.Standing.UNKNOWN : row.standing();
    }

    static boolean breached(Row row) {
        return row.standing() == Row.Standing.BREACHED;
    }

    boolean during(Row row) {
        return fault.overlaps(row.from(), row.end());
    }

    private boolean after(Row row) {
        return fault.revertedAt().isPresent()
                && row.start() >= fault.revertedAt().get();
    }

    /// Returns the last undisturbed windows before it.
    List<Row> baseline() {
        var before = rows.stream()
                .filter(row -> fault.appliedAt().isPresent()
                        && row.end() <= fault.appliedAt().get())
                .filter(this::undisturbed)
                .toList();
        return before.subList(Math.max(0, before.size() - Rules.BASELINE_WINDOWS), before.size());
    }

    /// Returns the first undisturbed windows from the recovery on.
    List<Row> aftermath(Optional<Long> recovery) {
        return rows.stream()
                .filter(row -> recovery.filter(at -> row.start() >= at).isPresent() && !during(row) && undisturbed(row))
                .limit(Rules.BASELINE_WINDOWS)
                .toList();
    }

    private boolean undisturbed(Row row) {
        return others.stream().noneMatch(other -> other.overlaps(row.from(), row.end()));
    }
}
