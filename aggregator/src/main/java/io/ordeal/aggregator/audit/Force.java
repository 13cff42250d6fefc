package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Scope;
import java.util.Optional;

/// One fault as far as it was said on the lifecycle topic; instants in microseconds since the epoch.
///
/// @param acted when it began to act, by the first confirmation
/// @param reverted when it was seen to be gone
/// @param failed whether it was rejected, or could not be applied, confirmed or undone
/// @param touched whether it may have changed something
record Force(
        String id,
        String kind,
        String target,
        Optional<Long> acted,
        Optional<Long> reverted,
        boolean failed,
        boolean touched) {
    static Force unheard(String id, String kind, String target) {
        return new Force(id, kind, target, Optional.empty(), Optional.empty(), false, false);
    }

    boolean confirmed() {
        return acted.isPresent() && reverted.isPresent() && !failed;
    }

    /// Whether it was in force at some time from `from` to just before `to`.
    boolean meets(long from, long to) {
        return acted.isPresent() && acted.get() < to && (reverted.isEmpty() || reverted.get() >= from);
    }

    /// Whether it was in force at `instant`, its end included.
    boolean at(long instant) {
        return acted.isPresent() && acted.get() <= instant && (reverted.isEmpty() || instant <= reverted.get());
    }

    /// Whether it is one that `scope` speaks of, for objectives with a value for each fault.
    boolean spokenOf(Scope scope) {
        return switch (scope.interval()) {
            case Scope.DuringFaults(var named) -> named.isEmpty() || named.get().equals(id);
            case Scope.AfterFaults(var named) -> named.isEmpty() || named.get().equals(id);
            case Scope.Whole _, Scope.OutsideFaults _ -> true;
        };
    }
}
