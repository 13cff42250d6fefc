package io.ordeal.chaos.fault;

import io.ordeal.schemas.fault.Facet;
import java.util.List;

/// What came of reading a fault's specification.
public sealed interface Reading {
    /// It can be done and is allowed.
    ///
    /// @param facet by which the target is touched
    record Valid(Facet facet, Fault fault) implements Reading {}

    /// It cannot be done or is not allowed.
    ///
    /// @param reasons every one, at least one, each for the person who asked
    record Invalid(List<String> reasons) implements Reading {
        public Invalid {
            reasons = List.copyOf(reasons);
        }
    }
}
