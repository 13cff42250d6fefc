package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static io.ordeal.campaign.read.Documents.refused;
import static io.ordeal.campaign.read.Documents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoadReaderTest {
    private static final String OWN =
            "load: [{rate: 5/s, for: 10s}, {users: 2, for: 20s}]\n    start: 3s\n    tags: {tier: gold}";

    static Stream<Arguments> loads() {
        return Stream.of(
                Arguments.of("users: 50", new Load.Users(50)),
                Arguments.of("users: 50 at once", new Load.Users(50, true)),
                Arguments.of("users: 50 -> 0", new Load.RampingUsers(50, 0)),
                Arguments.of(
                        "users: 50 -> 500, step: 50, every: 2s",
                        new Load.SteppedUsers(50, 500, 50, Duration.ofSeconds(2))),
                Arguments.of(
                        "users: 500 -> 50, step: 100, every: 2s",
                        new Load.SteppedUsers(500, 50, -100, Duration.ofSeconds(2))),
                Arguments.of("users: 10, iterations: 100 each", new Load.Iterations(10, 100, true, false)),
                Arguments.of("users: 10 at once, iterations: 5 shared", new Load.Iterations(10, 5, false, true)),
                Arguments.of("rate: 0/s -> 500/s", new Load.RampingRate(0, 500)),
                Arguments.of(
                        "rate: 100/s -> 500/s, step: 100/s, every: 5s",
                        new Load.SteppedRate(100, 500, 100, Duration.ofSeconds(5))),
                Arguments.of("arrivals: 1_000", new Load.Arrivals(1000, false)),
                Arguments.of("arrivals: 100 at once", new Load.Arrivals(100, true)));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void readsEveryModel(String written, Load load) {
        assertThat(phase(written).load()).isEqualTo(load);
    }

    @Test
    void readsWhatBelongsToAModel() {
        var random = phase("arrivals: 1000, poisson: true, max-in-flight: 7");
        var until = phase("rate: 100/s -> 500/s, step: 100/s, every: 5s, until: p95  > 500ms");

        assertThat(random.poisson()).isTrue();
        assertThat(random.maxInFlight()).isEqualTo(7);
        assertThat(until.until().orElseThrow().expression()).isEqualTo("p95 > 500ms");
        assertThat(until.until().orElseThrow().condition().holds(0.6)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: 5, max-in-flight: 9 | `max-in-flight` belongs to `rate` or `arrivals`, this phase has `users`",
                "users: 5, poisson: true | `poisson` belongs to `rate` or `arrivals`, this phase has `users`",
                "rate: 5/s, iterations: 9 each | `iterations` belongs to `users`, this phase has `rate`",
                "arrivals: 5, iterations: 9 each | `iterations` belongs to `users`, this phase has `arrivals`",
                "arrivals: 5, every: 9s | `every` belongs to `users` or `rate`, this phase has `arrivals`",
                "users: 5, rate: 5/s | phase `steady` has both `users` and `rate`",
                "rate: 5/s, arrivals: 5 | phase `steady` has both `rate` and `arrivals`",
                "users: 5, until: p95 > 1s | `until` belongs to a way from one number to another",
                "users: 5 -> 9, until: p95 > 1s | `until` belongs to steps, this phase takes none",
                "arrivals: 9, until: p95 > 1s | `until` belongs to steps, this phase takes none",
                "arrivals: 9 at once, poisson: true | `poisson` belongs to arrivals over time",
                "users: 5 -> 9, iterations: 9 each | `iterations` belongs to a constant number of `users`",
            })
    void refusesSettingsOfAnotherModelAndNamesBoth(String written, String message) {
        assertThat(refused(SMALL.replace("rate: 500/s", written)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.EITHER_OR))
                .satisfies(problem -> assertThat(problem.message()).startsWith(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: 5 -> 50, step: 5 | E102 | `every` is missing",
                "users: 5 -> 5, step: 5, every: 1s | E104 | has no way to take steps on",
                "users: 5 -> 50 at once | E104 | is a way and at once",
                "users: 5 -> 50, step: 5, every: 10s | E105 | the last step comes after",
                "rate: 1/s -> 500/s, step: 0/s, every: 1s | E105 | is no load at all",
                "rate: 1/s -> 10000000/s, step: 1/s, every: 1s | E105 | takes more than 10,000 steps",
                "arrivals: 20000 at once | E105 | is more than `max-in-flight`, which is 10000",
                "rate: 10000000/s, poisson: true, for: 600s | E105 | more than 1,000,000,000 arrivals",
                "users: 5, iterations: 5 | E104 | does not say whose",
                "users: 5, iterations: 0 each | E105 | is not between 1",
                "rate: 1/s -> 5/s, step: 1/s, every: 1s, until: recovery > 1s | E104 | `until` looks at each window",
            })
    void saysWhatIsWrong(String written, String code, String message) {
        var text = written.contains("for:")
                ? SMALL.replace("rate: 500/s, for: 30s", written)
                : SMALL.replace("rate: 500/s", written);
        assertThat(refused(text)).anySatisfy(problem -> {
            assertThat(problem.code().text()).isEqualTo(code);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void pointsAtBothPlaces() {
        assertThat(shown(SMALL.replace("rate: 500/s", "users: 5, max-in-flight: 9")))
                .contains("what the phase has", "help: with users");
    }

    @Test
    void readsTheLoadOfOneScenario() {
        var scenario = accepted(SMALL.replace("weight: 3", OWN)).scenarios().getFirst();

        assertThat(scenario.load().phases())
                .extracting(Phase::load)
                .containsExactly(new Load.Rate(5), new Load.Users(2));
        assertThat(scenario.load().start()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scenario.tags()).isEqualTo(Map.of("tier", "gold"));
    }

    @Test
    void refusesAWeightBesideALoadAndAStartWithoutOne() {
        assertThat(refused(SMALL.replace("weight: 3", "weight: 3\n    load: {rate: 5/s, for: 1s}")))
                .extracting(DocumentProblem::message)
                .containsExactly("scenario `browse` has both `load` and `weight`");
        assertThat(refused(SMALL.replace("weight: 3", "start: 3s")))
                .extracting(DocumentProblem::message)
                .containsExactly("`start` belongs to a `load`, scenario `browse` has none of its own");
    }

    @Test
    void takesPhasesForSpansOfTimeWhereEveryScenarioHasALoad() {
        var all = SMALL.replace("weight: 3", "load: {rate: 5/s, for: 1s}")
                .replace("  buy:\n", "  buy:\n    load: {users: 5, for: 1s}\n");
        var spans = all.replace("users: 0 -> 50, ", "").replace("rate: 500/s, ", "");

        assertThat(accepted(spans).phases()).extracting(Phase::load).containsOnly(new Load.None());
        assertThat(refused(all))
                .extracting(DocumentProblem::message)
                .containsExactly(
                        "the phase has `users`, but every scenario has a `load` of its own",
                        "the phase has `rate`, but every scenario has a `load` of its own");
        assertThat(refused(SMALL.replace("rate: 500/s, ", "")))
                .extracting(DocumentProblem::message)
                .containsExactly("`users`, `rate` or `arrivals` is missing in phase `steady`");
    }

    @Test
    void allowsOneConditionInACampaign() {
        var climb = "users: 5 -> 50, step: 5, every: 1s, until: p95 > 1s";
        var text = SMALL.replace("users: 0 -> 50", climb.replace("every: 1s", "every: 500ms"))
                .replace("rate: 500/s", climb);

        assertThat(refused(text)).extracting(DocumentProblem::message).containsExactly("two phases have `until`");
    }

    @Test
    void readsHowLongIterationsMayGoOn() {
        assertThat(accepted(SMALL).settings().gracefulStop()).isZero();
        assertThat(accepted(SMALL + "graceful-stop: 30s\n").settings().gracefulStop())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(refused(SMALL + "graceful-stop: 2h\n"))
                .extracting(DocumentProblem::code)
                .containsExactly(Code.OUT_OF_RANGE);
    }

    private static Phase phase(String load) {
        return accepted(SMALL.replace("rate: 500/s", load)).phases().get(1);
    }
}
