package io.ordeal.aggregator.judge;

import java.util.Optional;

/// What is known of one fault of a run; instants in microseconds since the epoch.
///
/// @param acceptedAt when the injector said that it would act
/// @param appliedAt when it began to act, once the effect was seen
/// @param revertedAt when the effect was seen to be gone
/// @param failure why it was rejected, or could not be applied, confirmed or undone
/// @param touched whether it may have changed something: accepted and not cleanly refused
public record Fault(
        String id,
        String kind,
        String target,
        Optional<Long> acceptedAt,
        Optional<Long> appliedAt,
        Optional<Long> revertedAt,
        Optional<String> failure,
        boolean touched) {

    /// Applied and reverted, each by evidence.
    public boolean confirmed() {
        return appliedAt.isPresent() && revertedAt.isPresent() && failure.isEmpty();
    }

    /// Whether it was in force at some time from `from` to just before `to`.
    public boolean overlaps(long from, long to) {
        return appliedAt.isPresent() && appliedAt.get() < to && (revertedAt.isEmpty() || revertedAt.get() >= from);
    }

    /// Whether it was over by `start`, and nothing since `from` had met it.
    public boolean endedBefore(long start, long from, long to) {
        return revertedAt.isPresent() && revertedAt.get() <= start && !overlaps(from, to);
    }

    /// Whether it is not known yet if it acts: said to be applied, but neither seen nor given up.
    public boolean pending() {
        return acceptedAt.isPresent() && appliedAt.isEmpty() && failure.isEmpty();
    }

    Fault named(String newKind, String newTarget) {
        return new Fault(id, newKind, newTarget, acceptedAt, appliedAt, revertedAt, failure, touched);
    }

    Fault accepted(long at) {
        return new Fault(id, kind, target, Optional.of(at), appliedAt, revertedAt, failure, true);
    }

    /// A fault may be applied again after a restart: it is then in force from the first time on.
    Fault applied(long at) {
        return new Fault(
                id,
                kind,
                target,
                acceptedAt,
                Optional.of(Math.min(at, appliedAt.orElse(at))),
                Optional.empty(),
                failure,
                true);
    }

    Fault reverted(long at) {
        return new Fault(id, kind, target, acceptedAt, appliedAt, Optional.of(at), failure, touched);
    }

    Fault failed(String reason, boolean clean) {
        return new Fault(id, kind, target, acceptedAt, appliedAt, revertedAt, Optional.of(reason), touched && !clean);
    }
}
