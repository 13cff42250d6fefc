package io.ordeal.campaign.plan;

/// How much a plan makes.
///
/// @param requests sent over the run
/// @param exact whether that is so to within chance: no users that wait for answers
/// @param bytes written to the topics, about
public record Estimate(long requests, boolean exact, long bytes) {}
