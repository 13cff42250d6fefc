package io.ordeal.schemas.results;

import java.time.Instant;

/// A verdict on a window, a fault or a run.
///
/// @param at The event time that it is about: the end of the window, the fault or the run.
public record VerdictEvent(String run, Instant at, Judgement verdict) {}
