package io.ordeal.schemas.objective;

import java.util.Optional;

/// Which windows of a run count for an objective.
///
/// @param phase the name of a phase; empty: every judged phase
/// @param interval which part of the run in respect of faults
/// @param tag what the scenarios of the requests are marked with; empty: whatever they are marked with
public record Scope(Optional<String> phase, Interval interval, Optional<Tag> tag) {
    /// A scope for requests of all scenarios.
    public Scope(Optional<String> phase, Interval interval) {
        this(phase, interval, Optional.empty());
    }

    /// A mark of scenarios.
    public record Tag(String key, String value) {}

    /// A part of a run in respect of the confirmed faults.
    public sealed interface Interval {}

    /// Everything.
    public record Whole() implements Interval {}

    /// Where no fault was in force and no request had met one.
    public record OutsideFaults() implements Interval {}

    /// Where a fault was in force.
    ///
    /// @param fault its id; empty: any
    public record DuringFaults(Optional<String> fault) implements Interval {}

    /// From the confirmed end of a fault on.
    ///
    /// @param fault its id; empty: each
    public record AfterFaults(Optional<String> fault) implements Interval {}

    /// Returns the scope in words, as reports show it.
    public String text() {
        var part = switch (interval) {
            case Whole _ -> "whole run";
            case OutsideFaults _ -> "outside faults";
            case DuringFaults(var fault) -> "during " + fault.orElse("faults");
            case AfterFaults(var fault) -> "after " + fault.orElse("faults");
        };
        var whole = phase.map(name -> part + " in " + name).orElse(part);
        return tag.map(mark -> whole + ", tagged " + mark.key() + "=" + mark.value())
                .orElse(whole);
    }
}
