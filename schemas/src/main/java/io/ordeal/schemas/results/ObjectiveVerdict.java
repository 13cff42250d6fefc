package io.ordeal.schemas.results;

import java.util.Optional;

/// How one objective stood over the run.
///
/// @param scope In words: the phases, requests and fault intervals that counted.
/// @param unit `s`, `ratio` or `1/s`: the unit of observed and limit.
public record ObjectiveVerdict(
        String name,
        String expression,
        String scope,
        Optional<Double> observed,
        double limit,
        String unit,
        long samples,
        long windows,
        long windowsFailed,
        Verdict verdict,
        String reason) {}
