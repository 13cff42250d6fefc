package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.Phase;
import io.ordeal.campaign.document.Until;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads one phase: `{name: steady, rate: 500/s, for: 30s}`.
final class PhaseReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_IN_FLIGHT = 1_000_000;
    private static final double MOST_AT_RANDOM = 1e9;

    private final Problems problems;

    PhaseReader(Problems problems) {
        this.problems = problems;
    }

    /// Reads a phase of the campaign.
    ///
    /// @param mix whether there are scenarios that it drives
    /// @param conditions reads `until`
    Optional<Phase> phase(Yaml value, boolean mix, GuardReader conditions) {
        return Fields.open(value, Keys.PHASE, what(value), problems).flatMap(fields -> {
            var name = fields.required("name", Values::name);
            var judged = fields.optional("judged", Values::bool);
            var until = fields.optional("until", (condition, _) -> conditions.until(condition));
            return body(fields, name, judged.orElse(true), until, mix);
        });
    }

    /// Reads a phase of the load of one scenario; such phases have no names.
    ///
    /// @param name to call it in messages of generators
    Optional<Phase> own(Yaml value, String name, String what) {
        return Fields.open(value, Keys.LOAD, what, problems)
                .flatMap(fields -> body(fields, Optional.of(name), true, Optional.empty(), true));
    }

    private Optional<Phase> body(
            Fields fields, Optional<String> name, boolean judged, Optional<Until> until, boolean mix) {
        var duration = fields.oneOf(List.of("for", "over"), "`for` (or `over`, for a ramp)")
                .flatMap(entry -> Values.duration(SHORTEST, LONGEST).read(entry.value(), problems));
        var load = mix ? new LoadReader(fields, problems).read(duration) : none(fields);
        var most = fields.optional("max-in-flight", Values.whole(1, MOST_IN_FLIGHT))
                .map(Math::toIntExact)
                .orElse(Phase.DEFAULT_MAX_IN_FLIGHT);
        boolean poisson = fields.optional("poisson", Values::bool).orElse(false);
        if (name.isEmpty() || load.isEmpty() || duration.isEmpty()) {
            return Optional.empty();
        }
        refuseTooMany(fields, load.get(), duration.get(), most, poisson);
        return Optional.of(new Phase(name.get(), load.get(), duration.get(), judged, most, poisson, until));
    }

    /// Reads the load of a phase that drives no scenario: there must be none.
    private Optional<Load> none(Fields fields) {
        for (var key : List.of("users", "rate", "arrivals", "iterations", "step", "every", "poisson", "until")) {
            fields.entry(key)
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR,
                                    "the phase has `" + key + "`, but every scenario has a `load` of its own",
                                    entry.keyPlace())
                            .noting("help: leave it out, the phase is a span of time; or take `load`"
                                    + " out of a scenario")));
        }
        return Optional.of(new Load.None());
    }

    private void refuseTooMany(Fields fields, Load load, Duration duration, int most, boolean poisson) {
        if (load instanceof Load.Arrivals(long count, boolean atOnce) && atOnce && count > most) {
            fields.entry("arrivals")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.OUT_OF_RANGE,
                                    entry.value().kind() + " is more than `max-in-flight`, which is " + most,
                                    entry.value().place())
                            .noting("help: what is beyond it would be dropped; write `max-in-flight: " + count + "`")));
        }
        if (poisson && greatest(load, duration) > MOST_AT_RANDOM) {
            fields.entry("poisson")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                            Code.OUT_OF_RANGE,
                            "the phase has more than 1,000,000,000 arrivals at random",
                            entry.keyPlace())));
        }
    }

    private static double greatest(Load load, Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return switch (load) {
            case Load.None _, Load.Users _, Load.RampingUsers _, Load.SteppedUsers _, Load.Iterations _ -> 0;
            case Load.Rate(double perSecond) -> perSecond * seconds;
            case Load.RampingRate(double from, double to) -> Math.max(from, to) * seconds;
            case Load.SteppedRate(double from, double to, double _, Duration _) -> Math.max(from, to) * seconds;
            case Load.Arrivals(long count, boolean _) -> count;
        };
    }

    private static String what(Yaml value) {
        return value instanceof Yaml.Mapping mapping
                ? mapping.entry("name")
                        .filter(entry -> entry.value() instanceof Yaml.Scalar)
                        .map(entry -> "phase " + entry.value().kind())
                        .orElse("a phase")
                : "a phase";
    }
}
