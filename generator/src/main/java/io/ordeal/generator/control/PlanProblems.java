package io.ordeal.generator.control;

import io.ordeal.generator.drive.Origin;
import io.ordeal.generator.schedule.Poisson;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is wrong with a segment's plan: everything at once.
final class PlanProblems {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PATH = Pattern.compile("/[!-~]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

    private static final int MOST_PHASES = 1000;
    private static final Duration LATEST = Duration.ofDays(30);

    private final List<String> problems = new ArrayList<>();

    private PlanProblems() {}

    /// Returns why `plan` cannot be driven; nothing when it can.
    static List<String> of(SegmentPlan plan) {
        var check = new PlanProblems();
        check.whole(plan);
        plan.phases().forEach(phase -> check.problems.addAll(PhaseProblems.of(phase, "")));
        plan.scenarios().forEach(check::scenario);
        check.problems.addAll(UserProblems.of(plan));
        return check.problems;
    }

    private void whole(SegmentPlan plan) {
        try {
            Origin.of(plan.target());
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        require(plan.segments() >= 1, "it has no segments");
        require(
                plan.segment() >= 0 && plan.segment() < plan.segments(),
                "segment " + plan.segment() + " is not one of " + plan.segments());
        require(!plan.phases().isEmpty(), "it has no phases");
        require(!plan.scenarios().isEmpty(), "it has no scenarios");
        var mix = plan.scenarios().stream().filter(s -> s.load().isEmpty()).toList();
        require(mix.isEmpty() || mix.stream().anyMatch(s -> s.weight() > 0), "no scenario has a weight above 0");
        var phases = Stream.concat(
                        plan.phases().stream(), plan.scenarios().stream().flatMap(s -> s.load().stream()))
                .toList();
        require(phases.size() <= MOST_PHASES, "it has more than " + MOST_PHASES + " phases");
        require(
                phases.stream().mapToDouble(PhaseProblems::atRandom).sum() <= Poisson.MOST,
                "it has more than 10^9 arrivals at random");
        require(
                !plan.gracefulStop().isNegative() && plan.gracefulStop().compareTo(LATEST) <= 0,
                "the graceful stop is not between 0 and 30 days");
        require(positive(plan.window()), "the window is not above 0");
        require(positive(plan.tick()), "the tick is not above 0");
        problems.addAll(ConnectionProblems.of(plan));
    }

    private void scenario(Scenario scenario) {
        var at = "scenario `" + scenario.name() + "`: ";
        require(amount(scenario.weight()), at + "its weight is not a number from 0 on");
        require(
                !scenario.start().isNegative() && scenario.start().compareTo(LATEST) <= 0,
                at + "its load does not begin within 30 days of the run");
        scenario.load().forEach(phase -> problems.addAll(PhaseProblems.of(phase, at)));
        require(!scenario.steps().isEmpty(), at + "it has no steps");
        for (Step step : scenario.steps()) {
            step(step, at + "step `" + step.name() + "`: ");
        }
    }

    private void step(Step step, String at) {
        require(positive(step.timeout()), at + "its time-out is not above 0");
        require(TOKEN.matcher(step.method()).matches(), at + "`" + step.method() + "` is no method");
        require(
                PATH.matcher(PLACEHOLDER.matcher(step.path()).replaceAll("/")).matches(),
                at + "its path does not begin with /, or has blanks in it");
        step.headers().forEach((name, value) -> {
            require(TOKEN.matcher(name).matches(), at + "`" + name + "` is no name of a header");
            require(VALUE.matcher(value).matches(), at + "the value of header `" + name + "` has control characters");
        });
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static boolean positive(Duration duration) {
        return duration.isPositive();
    }

    private static boolean amount(double number) {
        return number >= 0 && number <= 1e7;
    }
}
