package io.ordeal.chaos.fault;

import java.util.List;

/// What is to be made of a command.
public sealed interface Decision {
    /// A fault begins.
    ///
    /// @param digest stands for the content, to recognise a repetition
    record Inject(FaultPlan plan, String digest) implements Decision {}

    /// A fault could begin, and is only asked what it would do.
    record Rehearse(FaultPlan plan) implements Decision {}

    /// The leases of a run's faults begin anew.
    record Renew(String run) implements Decision {}

    /// Faults end; those that have ended already stay so.
    record Clear(List<FaultKey> faults, String reason) implements Decision {
        public Clear {
            faults = List.copyOf(faults);
        }
    }

    /// It came before and was decided then.
    record Repeat() implements Decision {}

    /// A fault is not applied.
    ///
    /// @param digest as in [Inject]
    record Reject(String fault, String digest, List<String> reasons) implements Decision {
        public Reject {
            reasons = List.copyOf(reasons);
        }
    }

    /// Another command is not carried out.
    record Refuse(List<String> reasons) implements Decision {
        public Refuse {
            reasons = List.copyOf(reasons);
        }
    }

    /// It is for the generators.
    record NotOurs() implements Decision {}
}
