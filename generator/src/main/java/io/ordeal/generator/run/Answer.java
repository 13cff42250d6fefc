package io.ordeal.generator.run;

import io.ordeal.schemas.lifecycle.LoadState;
import java.util.List;

/// What a generator says to a command.
public sealed interface Answer {
    /// It was carried out.
    record Done(LoadState state, String detail) implements Answer {}

    /// It was not carried out, and nothing was changed.
    record Refused(List<String> reasons) implements Answer {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        static Refused because(String reason) {
            return new Refused(List.of(reason));
        }
    }

    /// It is for somebody else, or was answered before.
    record Silent() implements Answer {}
}
