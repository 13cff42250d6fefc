package io.ordeal.campaign.report;

import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.plan.LoadWords;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.PlanView;
import io.ordeal.campaign.screen.Figures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan in words, part by part: what two plans differ in, people can then be told.
final class PlanFacts {
    private PlanFacts() {}

    /// Returns the parts by their names, in the order of the document.
    static Map<String, String> of(Plan plan) {
        var facts = new LinkedHashMap<String, String>();
        var campaign = plan.campaign();
        facts.put("target", campaign.target().text());
        for (int i = 0; i < campaign.scenarios().size(); i++) {
            var scenario = campaign.scenarios().get(i);
            facts.put(
                    "scenario " + scenario.name(),
                    "weight " + Figures.number(scenario.weight()) + ", "
                            + scenario.steps().stream()
                                    .map(step -> step.method() + " " + step.path())
                                    .collect(Collectors.joining(", ")));
        }
        for (int i = 0; i < plan.phases().size(); i++) {
            var phase = plan.phases().get(i);
            facts.put(
                    "phase " + phase.name(),
                    LoadWords.of(campaign.phases().get(i), plan.load().get(i)) + " for "
                            + Figures.span(phase.duration()) + (phase.judged() ? "" : ", not judged"));
        }
        plan.faults()
                .forEach(fault -> facts.put(
                        "fault " + fault.spec().id(),
                        PlanView.what(fault) + " on " + fault.spec().target() + " at " + Figures.clock(fault.at())
                                + " for " + Figures.span(fault.spec().duration())));
        campaign.objectives()
                .forEach(entry -> facts.put(
                        "objective " + entry.name(),
                        entry.objective().expression().strip()));
        campaign.guards().stream().map(Guard::expression).forEach(guard -> facts.put("guard " + guard, "set"));
        facts.put("seed", String.valueOf(campaign.settings().seed()));
        facts.put("window", Figures.span(campaign.settings().window()));
        facts.put("time scale", Figures.number(plan.timeScale()));
        return facts;
    }
}
