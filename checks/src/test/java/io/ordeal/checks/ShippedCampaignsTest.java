package io.ordeal.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.read.CampaignReader;
import io.ordeal.campaign.read.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every campaign that users are shown can be planned.
class ShippedCampaignsTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesCampaignCanBePlanned() throws IOException {
        var blocks = BLOCK.matcher(Files.readString(Repository.ROOT.resolve("README.md")));
        assertThat(blocks.find()).isTrue();
        assertPlanned("README.md", blocks.group(1));
    }

    @Test
    void theCampaignsOfStackAndBenchmarksCanBePlanned() throws IOException {
        for (var name : List.of("benchmarks/campaigns/ten-thousand.yaml", "compose/smoke/campaign.yaml")) {
            assertPlanned(name, Files.readString(Repository.ROOT.resolve(name)));
        }
    }

    @Test
    void theCatalogueCanBePlanned() {
        assertThat(Catalogue.entries()).extracting(Catalogue.Entry::id).contains("quickstart");
        Catalogue.entries().forEach(entry -> assertPlanned(entry.label(), entry.text()));
    }

    private static void assertPlanned(String label, String text) {
        var reading = CampaignReader.read(label, text, List.of());
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        var campaign = ((Reading.Accepted) reading).campaign();
        assertThat(Planner.plan(campaign, 1)).as(label).isInstanceOf(Planning.Planned.class);
    }
}
