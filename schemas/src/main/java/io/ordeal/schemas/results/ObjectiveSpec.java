package io.ordeal.schemas.results;

/// One objective of a run.
///
/// @param name Stable and unique within the run.
/// @param expression In the language of objectives, for instance `p95 < 500ms outside faults`.
public record ObjectiveSpec(String name, String expression) {}
