package io.ordeal.generator.user;

import io.ordeal.schemas.load.Outcome;
import java.util.Map;

/// What an answer turned out to be.
///
/// @param values the variables taken from it; only from one that is OK
/// @param measures the numbers taken from it; only from one that is OK
public record Finding(Outcome outcome, Map<String, String> values, Map<String, Double> measures) {
    static Finding bad(int status) {
        return new Finding(status >= Inspection.FIRST_ERROR ? Outcome.HTTP_ERROR : Outcome.INVALID, Map.of(), Map.of());
    }
}
