package io.ordeal.campaign.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.screen.Ink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the guide shows is what happens.
class CampaignDocsTest {
    private static final Path GUIDE = Path.of("../docs/campaigns.md");
    private static final Path USERS = Path.of("../docs/users.md");
    private static final Path PROTOCOLS = Path.of("../docs/protocols.md");
    private static final Pattern BLOCK = Pattern.compile("```(yaml|text)\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void everyCampaignOfTheGuideIsReadAsTheGuideSays() throws IOException {
        var blocks = new ArrayList<List<String>>();
        var matcher = BLOCK.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            blocks.add(List.of(matcher.group(1), matcher.group(2)));
        }

        assertThat(blocks).extracting(List::getFirst).containsExactly("yaml", "yaml", "text");
        assertThat(Planner.plan(Documents.accepted(blocks.get(0).get(1)), 1)).isInstanceOf(Planning.Planned.class);
        var wrong =
                (Reading.Refused) CampaignReader.read("shop.yaml", blocks.get(1).get(1), List.of());
        assertThat(String.join("\n", ProblemText.lines(wrong.problems(), "shop.yaml", Ink.NONE)))
                .isEqualTo(blocks.get(2).get(1));
    }

    @Test
    void everyCampaignOfTheGuideToLoadModelsCanBePlanned() throws IOException {
        var matcher = BLOCK.matcher(Files.readString(Path.of("../docs/load-models.md")));
        var campaigns = matcher.results().map(match -> match.group(2)).toList();

        assertThat(campaigns).hasSize(2);
        assertThat(campaigns)
                .allSatisfy(text ->
                        assertThat(Planner.plan(Documents.accepted(text), 1)).isInstanceOf(Planning.Planned.class));
    }

    @Test
    void everyCampaignOfTheGuideToUsersCanBePlanned() throws IOException {
        var matcher = BLOCK.matcher(Files.readString(USERS));
        var files = Map.of("accounts.csv", "name,password\nann,x\n", "orders.jsonl", "{\"order\": 1}\n");
        int campaigns = 0;
        while (matcher.find()) {
            var reading = CampaignReader.read("users.md", matcher.group(2), List.of(), file -> {
                if (!files.containsKey(file)) {
                    throw new IOException("there is no such file");
                }
                return files.get(file);
            });
            assertThat(reading).as(matcher.group(2)).isInstanceOf(Reading.Accepted.class);
            assertThat(Planner.plan(((Reading.Accepted) reading).campaign(), 1)).isInstanceOf(Planning.Planned.class);
            campaigns++;
        }

        assertThat(campaigns).isEqualTo(2);
    }

    @Test
    void everyCampaignOfTheProtocolGuideCanBePlanned() throws IOException {
        var guide = Files.readString(PROTOCOLS);
        var matcher = BLOCK.matcher(guide);

        assertThat(matcher.find()).isTrue();
        assertThat(Planner.plan(Documents.accepted(matcher.group(2)), 1)).isInstanceOf(Planning.Planned.class);
        for (var keys : List.of(Keys.CONNECTIONS, Keys.TLS)) {
            assertThat(keys.allowed()).allMatch(key -> guide.contains("`" + key));
        }
    }

    @Test
    void theGuideNamesEveryCodeAndEveryKey() throws IOException {
        var guide = Files.readString(GUIDE) + Files.readString(USERS);

        assertThat(Arrays.stream(Code.values()).map(Code::text)).allMatch(guide::contains);
        for (var keys : List.of(
                Keys.CAMPAIGN,
                Keys.SCENARIO,
                Keys.STEP,
                Keys.CHECK,
                Keys.PHASE,
                Keys.LOAD,
                Keys.FAULT,
                Keys.FEEDER,
                Keys.EXTRACTION,
                Keys.RETRY,
                Keys.AUTH,
                Keys.BASIC)) {
            assertThat(keys.allowed())
                    .allMatch(key -> Pattern.compile("[`{ ,]" + key + "[:`]")
                                    .matcher(guide)
                                    .find()
                            || Pattern.compile("(?m)^" + key + ":")
                                    .matcher(guide)
                                    .find());
        }
    }
}
