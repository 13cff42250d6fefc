package io.ordeal.campaign.cli;

import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.read.CampaignReader;
import io.ordeal.campaign.read.Reading;
import io.ordeal.campaign.screen.Figures;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ordeal list`: the catalogue.
@Command(
        name = "list",
        description = "Lists the campaigns that ship with Ordeal. `ordeal run ID` runs one, `ordeal plan ID` shows it.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        var out = spec.commandLine().getOut();
        for (var entry : Catalogue.entries()) {
            switch (CampaignReader.read(entry.label(), entry.text(), List.of())) {
                case Reading.Refused _ ->
                    out.printf("%-20s (not valid: see `ordeal check %s`)%n", entry.id(), entry.id());
                case Reading.Accepted(var campaign, var _) ->
                    out.printf(
                            "%-20s %7s  %s%n",
                            entry.id(),
                            Planner.plan(campaign, 1) instanceof Planning.Planned(var plan)
                                    ? Figures.span(plan.duration())
                                    : "",
                            campaign.description().lines().findFirst().orElse(""));
            }
        }
        return 0;
    }
}
