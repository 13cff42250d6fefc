package io.ordeal.chaos.fault;

/// The identity of a fault: its id is unique within its run.
public record FaultKey(String run, String id) {}
