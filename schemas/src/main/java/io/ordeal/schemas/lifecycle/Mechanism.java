package io.ordeal.schemas.lifecycle;

/// A means of making faults, and whether the host has it.
///
/// @param detail Why it is not available, or what was found.
public record Mechanism(String name, boolean available, String detail) {}
