package io.ordeal.campaign.system;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.read.CampaignReader;
import io.ordeal.campaign.read.Reading;
import java.util.List;

/// Documents as plans, for tests.
final class Campaigns {
    private Campaigns() {}

    static Plan plan(String document) {
        var reading = CampaignReader.read("test.yaml", document, List.of());
        if (!(reading instanceof Reading.Accepted(var campaign, var _))) {
            throw new AssertionError(reading.toString());
        }
        var planning = Planner.plan(campaign, 1);
        if (!(planning instanceof Planning.Planned(var plan))) {
            throw new AssertionError(planning.toString());
        }
        return plan;
    }
}
