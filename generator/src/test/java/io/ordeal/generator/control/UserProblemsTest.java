package io.ordeal.generator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.generator.user.Secrets;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Credentials;
import io.ordeal.schemas.load.CredentialsKind;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederEnd;
import io.ordeal.schemas.load.FeederOrder;
import io.ordeal.schemas.load.Retry;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UserProblemsTest {
    private static final Think NONE = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);

    private static Step step(
            String path, Map<String, String> headers, List<Extraction> extract, Optional<Retry> retry) {
        return new Step(
                0,
                "s",
                "GET",
                path,
                headers,
                "",
                Duration.ofSeconds(1),
                Check.NONE,
                StepKind.REQUEST,
                extract,
                List.of(),
                retry,
                Optional.empty(),
                Optional.empty());
    }

    private static SegmentPlan plan(
            List<Feeder> feeders, List<String> named, Optional<Credentials> auth, Step... steps) {
        var plan = Plans.plan("run", 0);
        var scenario = new Scenario(
                "shop", 1, NONE, List.of(steps), List.of(), Duration.ZERO, Duration.ZERO, named, Cookies.NONE, auth);
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                plan.target(),
                plan.phases(),
                List.of(scenario),
                plan.connections(),
                plan.window(),
                plan.tick(),
                feeders,
                Duration.ZERO);
    }

    private static Extraction json(String name, String path) {
        return new Extraction(name, ExtractionKind.JSON_PATH, path, Optional.empty());
    }

    private static Feeder feeder(List<String> row) {
        return new Feeder("data", FeederOrder.SEQUENTIAL, FeederEnd.STOP, List.of("sku"), List.of(row));
    }

    @Test
    void findsNothingWhereEveryVariableIsKnown() {
        var first =
                step("/${sku}/${iteration}", Map.of("x", "${env:KEY}"), List.of(json("id", "$.id")), Optional.empty());
        var second = step("${id}", Map.of(), List.of(), Optional.empty());

        assertThat(PlanProblems.of(
                        plan(List.of(feeder(List.of("a"))), List.of("data"), Optional.empty(), first, second)))
                .isEmpty();
    }

    @Test
    void findsEverythingAtOnce() {
        var retry = new Retry(0, List.of("SULKING"), List.of(), Duration.ofMillis(-1), 0, Duration.ZERO, 2, true);
        var bad = step("/${id}/${env:KEY}", Map.of("x", "${"), List.of(json("a b", "no path")), Optional.of(retry));
        var auth = new Credentials(CredentialsKind.BASIC, "", "PASSWORD");

        assertThat(PlanProblems.of(
                        plan(List.of(feeder(List.of("a", "b"))), List.of("data", "other"), Optional.of(auth), bad)))
                .hasSize(13)
                .anyMatch(problem -> problem.contains("there is no variable `id`"))
                .anyMatch(problem -> problem.contains("`${env:KEY}` stands outside of a header"))
                .anyMatch(problem -> problem.contains("has no `}`"))
                .anyMatch(problem -> problem.contains("`no path` is no JSONPath"))
                .anyMatch(problem -> problem.contains("there is no feeder `other`"))
                .anyMatch(problem -> problem.contains("as many values as it has fields"))
                .anyMatch(problem -> problem.contains("SULKING"));
    }

    @Test
    void namesTheVariablesThatTheEnvironmentLacks() {
        var step = step("/", Map.of("x", "${env:KEY}"), List.of(), Optional.empty());
        var auth = new Credentials(CredentialsKind.BASIC, "SHOP_USER", "SHOP_PASSWORD");
        var plan = plan(List.of(), List.of(), Optional.of(auth), step);
        var secrets = new Secrets(name -> name.equals("SHOP_USER") ? Optional.of("ann") : Optional.empty());

        assertThat(secrets.problems(plan))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("`SHOP_PASSWORD` is not set"))
                .anyMatch(problem -> problem.contains("`KEY` is not set"))
                .noneMatch(problem -> problem.contains("ann"));
    }
}
