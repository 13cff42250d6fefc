package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Feeder;
import java.util.List;

/// A campaign: load and faults for one service, and what must hold meanwhile.
///
/// Names are unique within their kind, at least one phase is judged, and faults and objectives name only phases,
/// scenarios and faults that exist; the reader sees to all of that.
///
/// @param name letters, digits and `. _ -`
/// @param description free text; may be empty
/// @param target the service under test
/// @param scenarios in the order of the document, each with a weight
/// @param phases one after the other
/// @param faults in the order of the document
/// @param objectives what the verdict rests on
/// @param feeders data for users, each with all its rows
/// @param guards what ends the run early when it does not hold
public record Campaign(
        String name,
        String description,
        Target target,
        List<ScenarioSpec> scenarios,
        List<Phase> phases,
        List<FaultEntry> faults,
        List<ObjectiveEntry> objectives,
        List<Guard> guards,
        Settings settings,
        List<Feeder> feeders) {
    public Campaign {
        scenarios = List.copyOf(scenarios);
        phases = List.copyOf(phases);
        faults = List.copyOf(faults);
        objectives = List.copyOf(objectives);
        guards = List.copyOf(guards);
        feeders = List.copyOf(feeders);
    }
}
