package io.ordeal.schemas.results;

/// What a [VerdictEvent] is about: a window, a fault or the run.
public sealed interface Judgement permits WindowVerdict, FaultVerdict, RunVerdict {}
