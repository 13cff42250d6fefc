package io.ordeal.generator.control;

import io.ordeal.generator.user.Inspection;
import io.ordeal.generator.user.Placeholder;
import io.ordeal.generator.user.RetryPolicy;
import io.ordeal.generator.user.Template;
import io.ordeal.schemas.load.CredentialsKind;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.Retry;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What is wrong with how a plan's users behave: everything at once.
final class UserProblems {
    private static final int MOST_ATTEMPTS = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Map<String, Feeder> feeders = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private UserProblems() {}

    static List<String> of(SegmentPlan plan) {
        var check = new UserProblems();
        plan.feeders().forEach(check::feeder);
        plan.scenarios().forEach(check::scenario);
        return check.problems;
    }

    private void feeder(Feeder feeder) {
        var at = "feeder `" + feeder.name() + "`: ";
        require(feeders.putIfAbsent(feeder.name(), feeder) == null, at + "two feeders have this name");
        feeder.fields().forEach(name -> name(name, at));
        require(
                feeder.rows().stream()
                        .allMatch(row -> row.size() == feeder.fields().size()),
                at + "its rows have not as many values as it has fields");
    }

    private void scenario(Scenario scenario) {
        var at = "scenario `" + scenario.name() + "`: ";
        require(within(scenario.pace()), at + "its pace is not between 0 and a day");
        scenario.credentials()
                .ifPresent(given -> require(
                        !given.secret().isEmpty() && given.user().isEmpty() == (given.kind() == CredentialsKind.BEARER),
                        at + "its credentials do not name their variables"));
        Set<String> known = new HashSet<>();
        for (var name : scenario.feeders()) {
            var feeder = feeders.get(name);
            if (feeder == null) {
                problems.add(at + "there is no feeder `" + name + "`");
            } else {
                known.addAll(feeder.fields());
            }
        }
        for (var step : scenario.steps()) {
            step(step, known, at + "step `" + step.name() + "`: ");
            step.extract().forEach(extraction -> known.add(extraction.name()));
        }
    }

    private void step(Step step, Set<String> known, String at) {
        template(() -> Template.ofPath(step.path()), false, known, at);
        template(() -> Template.of(step.body()), false, known, at);
        step.headers().values().forEach(value -> template(() -> Template.ofHeader(value), true, known, at));
        try {
            var _ = Inspection.of(step);
        } catch (IllegalArgumentException e) {
            problems.add(at + e.getMessage());
        }
        for (Extraction extraction : step.extract()) {
            name(extraction.name(), at);
        }
        step.retry().ifPresent(retry -> retry(retry, at));
    }

    private void template(Supplier<Template> reading, boolean header, Set<String> known, String at) {
        try {
            for (var placeholder : reading.get().placeholders()) {
                switch (placeholder) {
                    case Placeholder.Variable(var name) ->
                        require(known.contains(name), at + "there is no variable `" + name + "`");
                    case Placeholder.Environment(var name) ->
                        require(header, at + "`${env:" + name + "}` stands outside of a header");
                    case Placeholder.Iteration _,
                            Placeholder.User _,
                            Placeholder.Run _,
                            Placeholder.RandomUuid _,
                            Placeholder.RandomInt _,
                            Placeholder.Now _,
                            Placeholder.NowMillis _ -> {
                        // always there
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            problems.add(at + e.getMessage());
        }
    }

    private void retry(Retry retry, String at) {
        require(
                retry.attempts() >= 1 && retry.attempts() <= MOST_ATTEMPTS,
                at + "it is tried not between 1 and " + MOST_ATTEMPTS + " times");
        require(
                within(retry.backoff()) && within(retry.cap()) && retry.cap().compareTo(retry.backoff()) >= 0,
                at + "its waits are not between 0 and its cap, which is a day at most");
        require(retry.factor() >= 1 && retry.factor() <= 100, at + "its waits do not grow by a factor from 1 to 100");
        require(retry.jitter() >= 0 && retry.jitter() <= 1, at + "its jitter is not between 0 and 1");
        try {
            var _ = new RetryPolicy(retry);
        } catch (IllegalArgumentException e) {
            problems.add(at + "it is tried again after what there is not: " + e.getMessage());
        }
    }

    private static boolean within(Duration time) {
        return !time.isNegative() && time.compareTo(LONGEST) <= 0;
    }

    private void name(String name, String at) {
        require(Placeholder.isName(name), at + "`" + name + "` is no name of a variable");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
